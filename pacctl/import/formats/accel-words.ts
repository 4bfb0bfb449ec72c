import { fileLines } from "../file-lines.ts";
import type { Findings } from "../import-types.ts";
import { NOT_CLOSED, type WordLine } from "./pppd-words.ts";

const GAP = /[ \t]*/y;
const QUOTED = /(["'])((?:\\[\s\S]|(?!\1)[^\\])*)\1/y;
const BARE = /[^ \t]+/y;

/**
 * Lines of words as accel-ppp reads them: `#` is a comment only as the first character of a line, a word may
 * be quoted as a whole, and `\` quotes the next character only inside quotes.
 */
export function* accelLines(text: string, findings: Findings): Generator<WordLine> {
  for (const { line, text: one } of fileLines(text, findings)) {
    if (one.startsWith("#")) continue;
    const words = wordsOf(one);
    if (words === undefined) findings.lost(line, NOT_CLOSED);
    else yield { line, words };
  }
}

function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const take = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(line);
  };
  for (let at = take(GAP, 0)![0].length; at < line.length; at += take(GAP, at)![0].length) {
    const quoted = take(QUOTED, at);
    if (quoted !== null) words.push(quoted[2]!.replace(/\\([\s\S])/g, "$1"));
    else if (/["']/.test(line[at]!)) return undefined;
    else words.push(take(BARE, at)![0]);
    at += quoted?.[0].length ?? words.at(-1)!.length;
  }
  return words;
}
