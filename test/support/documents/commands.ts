import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks } from "./code-blocks.ts";

export const ROOT = join(import.meta.dirname, "../../..");

/** A block of code in a document, and the commands in it. */
export interface Block {
  readonly document: string;
  readonly line: number;
  readonly language: string;
  /** The first line as it stands there. */
  readonly first: string;
  /** Each as it is typed, without what is said beside it; a here-document is part of its command. */
  readonly commands: readonly string[];
  /** All of the block's text. */
  readonly text: string;
}

/** Where people read what to type: history and decisions tell of other times. */
const DOCUMENTS = ["*.md", "docs/*.md", "{deploy,test,server,pacctl,admin-api,ladder}/**/*.md"];
const OTHERS = /^CHANGELOG\.md$|^test\/fuzz\/corpus\//;

/** What a fence calls something that a shell is to run. */
const SHELLS: readonly string[] = ["", "sh", "bash", "console"];

/** The blocks of every document, in their order. */
export function blocks(): readonly Block[] {
  const documents = globSync(DOCUMENTS, { cwd: ROOT, exclude: ["**/node_modules"] })
    .filter((path) => !OTHERS.test(path))
    .toSorted();
  return documents.flatMap((document) => blocksOf(document, readFileSync(join(ROOT, document), "utf8")));
}

/** The blocks of one document. */
export function blocksOf(document: string, markdown: string): readonly Block[] {
  return codeBlocks(markdown).map(({ line, language, lines }) => ({
    document,
    line,
    language,
    first: lines[0] ?? "",
    commands: SHELLS.includes(language) ? commandsOf(lines) : [],
    text: `${lines.join("\n")}\n`,
  }));
}

/**
 * The commands in a block. Where the first line begins with a prompt, only lines with it are commands, and
 * the others are what came of them; a line that is a comment is none.
 */
function commandsOf(lines: readonly string[]): string[] {
  const [, prompt] = /^([#$] )(?=\S*\w)/.exec(lines[0] ?? "") ?? [];
  if (prompt !== undefined)
    return lines.filter((line) => line.startsWith(prompt)).map((line) => bare(line.slice(2)));
  const commands: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (/^\s*(#|$)/.test(lines[at]!)) continue;
    let command = lines[at]!;
    while (command.endsWith("\\") && at + 1 < lines.length) {
      at += 1;
      command += `\n${lines[at]!}`;
    }
    const [, end] = /<<-?'?(\w+)'?/.exec(command) ?? [];
    while (end !== undefined && at + 1 < lines.length && lines[at]!.trim() !== end) {
      at += 1;
      command += `\n${lines[at]!}`;
    }
    commands.push(end === undefined ? bare(command) : command);
  }
  return commands;
}

/** Without the comment, or the explanation in a column of its own, which only a line of its own has. */
const bare = (command: string): string =>
  (command.includes("\n") ? command : command.replace(/\s+#\s.*$/, "").replace(/\s{3,}\S.*$/, "")).trimEnd();
