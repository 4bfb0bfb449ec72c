import { printable } from "./printable.ts";

/** Rows under headings, columns aligned, two spaces between them. Cells are made printable. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  return lines(cells.map((row) => row.map((cell, column) => pad(cell, widths[column]!)).join("  ")));
}

/** Names and values, the values aligned. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...pairs.map(([name]) => width(name)));
  return lines(pairs.map(([name, value]) => `${pad(name, widest)}  ${printable(value)}`));
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text.trimEnd()}\n`).join("");

/** Marks stand on the letter before them. */
export const width = (text: string): number => [...text.replace(/[\p{Mn}\p{Me}]/gu, "")].length;

const pad = (text: string, to: number): string => text + " ".repeat(Math.max(0, to - width(text)));
