import { MAX_LINE, TOO_LONG } from "../file-lines.ts";
import type { Findings } from "../import-types.ts";
import { OctetText } from "../octet-text.ts";
import { NOT_CLOSED } from "./pppd-words.ts";

/** A word of a command: alone, or with a value behind `=`. */
export interface RouterWord {
  readonly key: string;
  readonly value?: string;
}

/** One command of an export. */
export interface RouterCommand {
  readonly line: number;
  readonly words: readonly RouterWord[];
}

const GAP = /[\s;]*/y;
const KEY = /[^\s=;"[\]]+/y;
const QUOTED = /"((?:\\[\s\S]|[^"\\])*)"/y;
/** `[ find name=anna ]`, which is one word. */
const FOUND = /\[((?:"(?:\\[\s\S]|[^"\\])*"|[^"\]])*)\]/y;
const BARE = /(?:\\[\s\S]|[^\s;\\])*/y;

/** In a script of RouterOS: two capital hexadecimal digits, or one character. */
const PIECES = /\\(?:([0-9A-F]{2})|([\s\S]))|([^\\]+)/gu;
const SINGLE: Readonly<Record<string, string>> = {
  _: " ",
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};

/**
 * The commands of a script or an export of RouterOS: a line that ends in `\` goes on in the next one, whose
 * indentation does not count, inside quotes too.
 */
export function* routerCommands(text: string, findings: Findings): Generator<RouterCommand> {
  const lines = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    const pieces = [lines[at]!];
    while (goesOn(pieces.at(-1)!) && !/^\s*#/.test(pieces[0]!) && at + 1 < lines.length) {
      pieces.push(pieces.pop()!.slice(0, -1));
      at += 1;
      pieces.push(lines[at]!.trimStart());
    }
    const whole = pieces.join("");
    if (/^\s*(?:#|$)/.test(whole)) continue;
    if (whole.length > MAX_LINE) {
      findings.lost(line, TOO_LONG);
      continue;
    }
    const words = wordsOf(whole);
    if (words === undefined) findings.lost(line, NOT_CLOSED);
    else yield { line, words };
  }
}

/** An even number of them are characters of a text. */
const goesOn = (line: string): boolean => /\\*$/.exec(line)![0].length % 2 === 1;

/** Undefined: a quotation does not end. */
function wordsOf(line: string): readonly RouterWord[] | undefined {
  const words: RouterWord[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    at += found?.[0].length ?? 0;
    return found === null ? undefined : (found[1] ?? found[0]);
  };
  for (take(GAP); at < line.length; take(GAP)) {
    const found = take(FOUND);
    if (found !== undefined) {
      words.push({ key: "[", value: found });
      continue;
    }
    const alone = take(QUOTED);
    if (alone !== undefined) {
      words.push({ key: unescaped(alone) });
      continue;
    }
    const key = take(KEY);
    if (key === undefined) {
      if (line[at] === '"') return undefined;
      at += 1;
      continue;
    }
    if (line[at] !== "=") {
      words.push({ key });
      continue;
    }
    at += 1;
    if (line[at] === '"') {
      const quoted = take(QUOTED);
      if (quoted === undefined) return undefined;
      words.push({ key, value: unescaped(quoted) });
    } else words.push({ key, value: unescaped(take(BARE) ?? "") });
  }
  return words;
}

/** The words inside `[ find … ]`; undefined as above. */
export const wordsInside = (text: string): readonly RouterWord[] | undefined => wordsOf(text);

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  const made = new OctetText();
  for (const [, hexadecimal, other, plain] of text.matchAll(PIECES)) {
    if (hexadecimal !== undefined) made.octet(Number.parseInt(hexadecimal, 16));
    else made.add(plain ?? SINGLE[other!] ?? other!);
  }
  return made.toString();
}
