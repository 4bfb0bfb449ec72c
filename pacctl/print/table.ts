import { printable } from "./printable.ts";

/** Rows under headings, columns aligned, two spaces between them. Cells are made printable. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  return lines(cells.map((row) => row.map((cell, column) => pad(cell, widths[column]!)).join("  ")));
}

/** Names and values, the values aligned; where lines have `room` for so much alone, parted between words. */
export function facts(pairs: readonly (readonly [string, string])[], room = Infinity): string {
  const widest = Math.max(...pairs.map(([name]) => width(name)));
  return lines(
    pairs.flatMap(([name, value]) =>
      parted(printable(value), room - widest - 2).map(
        (line, i) => `${pad(i === 0 ? name : "", widest)}  ${line}`,
      ),
    ),
  );
}

/** As many words a line as fit; one that is longer has a line of its own. */
function parted(text: string, room: number): readonly string[] {
  if (width(text) <= room) return [text];
  const parts: string[] = [];
  for (const word of text.split(" ")) {
    const last = parts.at(-1);
    if (last === undefined || width(`${last} ${word}`) > room) parts.push(word);
    else parts[parts.length - 1] = `${last} ${word}`;
  }
  return parts;
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text.trimEnd()}\n`).join("");

/**
 * Columns of a terminal: marks stand on the letter before them, and letters of East Asia, like pictures, take
 * two (Unicode Standard Annex 11, W and F).
 */
export const width = (text: string): number => {
  const letters = text.replace(/[\p{Mn}\p{Me}]/gu, "");
  return [...letters].length + (letters.match(DOUBLE)?.length ?? 0);
};

const DOUBLE =
  /[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/gu;

const pad = (text: string, to: number): string => text + " ".repeat(Math.max(0, to - width(text)));
