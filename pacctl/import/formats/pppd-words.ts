import { MAX_LINE, TOO_LONG } from "../file-lines.ts";
import type { Findings } from "../import-types.ts";
import { OctetText } from "../octet-text.ts";

/** The words of one line of a file of secrets. */
export interface WordLine {
  readonly line: number;
  readonly words: readonly string[];
  /** Did a `#` end the last word, right behind it? */
  readonly cut?: boolean;
}

const SINGLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
};

/** An escape: a line end that is none, octal, hexadecimal, or any one character. */
const ESCAPE = /\\(?:(\r?\n)|([0-7]{1,3})|x([0-9a-f]{0,2})|([\s\S]))/iy;
const GAP = /[^\S\n]+/y;
const COMMENT = /#[^\n]*/y;

/**
 * Lines of words as pppd reads its files (pppd(8), OPTIONS FILES): quotes of both kinds anywhere in a word,
 * escapes as in C, `\` at the end of a line joins it with the next, `#` outside quotes begins a comment, also
 * right behind a word. A quotation that does not end in its line is told, so that it does not swallow the
 * rest of the file.
 */
export function* pppdLines(text: string, findings: Findings): Generator<WordLine> {
  let at = 0;
  let line = 1;
  const skip = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  /** Undefined: a quotation does not end. */
  const word = (): string | undefined => {
    const made = new OctetText();
    let quoted: string | undefined;
    while (at < text.length) {
      const character = text[at]!;
      if (character === "\\") {
        ESCAPE.lastIndex = at;
        const found = ESCAPE.exec(text);
        // A lone one at the end of the file.
        if (found === null) {
          at += 1;
          break;
        }
        at = ESCAPE.lastIndex;
        const [, lineEnd, octal, hexadecimal, other] = found;
        if (lineEnd !== undefined) line += 1;
        else if (octal !== undefined) made.octet(Number.parseInt(octal, 8));
        else if (hexadecimal !== undefined) made.octet(Number.parseInt(hexadecimal || "0", 16));
        else made.add(SINGLE[other!] ?? other!);
        continue;
      }
      if (quoted === undefined ? /[\s#]/.test(character) : character === "\n") break;
      at += 1;
      if (character === quoted) quoted = undefined;
      else if (quoted === undefined && (character === '"' || character === "'")) quoted = character;
      else made.add(character);
    }
    return quoted === undefined ? made.toString() : undefined;
  };
  while (at < text.length) {
    const began = { line, at };
    const words: string[] = [];
    let whole = true;
    let cut = false;
    while (at < text.length && text[at] !== "\n") {
      if (skip(GAP) !== undefined || skip(COMMENT) !== undefined) continue;
      const next = word();
      cut = text[at] === "#";
      if (next === undefined) whole = false;
      else words.push(next);
    }
    const length = at - began.at;
    at += 1;
    line += 1;
    if (length > MAX_LINE) findings.lost(began.line, TOO_LONG);
    else if (!whole) findings.lost(began.line, NOT_CLOSED);
    else if (words.length > 0) yield { line: began.line, words, cut };
  }
}

/** The same for every format that has quotation marks. */
export const NOT_CLOSED = "a quotation mark is not closed in its line: left out";
