import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const REPOSITORY = join(import.meta.dirname, "../../..");

/** A file as a rule sees it: rules are pure, so that a test can show them a bad one. */
export interface Source {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** The files of the repository that match; nothing that was installed or built. */
export function sources(...patterns: readonly string[]): Source[] {
  const paths = globSync(patterns, {
    cwd: REPOSITORY,
    exclude: ["node_modules/**", "var/**", "**/native/build/**", "**/generated/**"],
  });
  return paths.toSorted().map((path) => ({ path, text: readFileSync(join(REPOSITORY, path), "utf8") }));
}

/** One alternative for each thing that may hold a comment's or string's beginning without being one. */
const TOKEN =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|(?<regex>(?<=[(,=:[!&|?{};+\-*%<>~^\n]\s*|\breturn\s+)\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*)/g;

const blank = (text: string): string => text.replaceAll(/[^\n]/g, " ");

/** TypeScript without its comments; lines and columns stay. */
export const withoutComments = (text: string): string =>
  text.replaceAll(TOKEN, (token, comment?: string) => (comment === undefined ? token : blank(token)));

/** TypeScript without comments, and with strings and regular expressions blanked. Code inside `${}` stays. */
export const codeOnly = (text: string): string =>
  text.replaceAll(TOKEN, (token) => (token.startsWith("`") ? blankTemplate(token) : blank(token)));

function blankTemplate(template: string): string {
  const pieces = template.split(/(\$\{[^{}]*\})/);
  return pieces
    .map((piece, index) => (index % 2 === 1 ? `  ${codeOnly(piece.slice(2, -1))} ` : blank(piece)))
    .join("");
}

/** `path:line` of an offset, as editors understand it. */
export const place = ({ path, text }: Source, offset: number): string =>
  `${path}:${text.slice(0, offset).split("\n").length}`;
