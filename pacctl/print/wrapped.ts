import { printable } from "./printable.ts";
import { width } from "./table.ts";

/** Ours: as wide as a terminal is at least. */
const ROOM = 80;

/** A sentence in lines of 80 characters; those after the first begin two spaces further in. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && width(line) + 1 + width(word) > ROOM) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${one}\n`).join("");
}
