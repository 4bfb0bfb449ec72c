import { safeLine } from "../../server/wire/safe-line.ts";

/** Characters, where one takes one place. Counted without a list of them: every line asks several times. */
export function width(text: string): number {
  let places = text.length;
  for (let i = 1; i < text.length; i += 1)
    if (isLow(text.charCodeAt(i)) && isHigh(text.charCodeAt(i - 1))) places -= 1;
  return places;
}

/** The halves of a character beyond 16 bits (Unicode 3.8). */
const isHigh = (unit: number): boolean => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

/**
 * The text in lines of at most `limit` characters, broken at spaces; a word that is too long is cut. Made
 * safe for a terminal. At least one line.
 */
export function wrapped(text: string, limit: number): readonly string[] {
  const safe = safeLine(text);
  if (width(safe) <= limit) return [safe.replace(/^ +/, "")];
  const lines: string[] = [];
  let line = "";
  for (const word of safe.split(" ")) {
    if (width(line) + 1 + width(word) <= limit || (line === "" && width(word) <= limit)) {
      line = line === "" ? word : `${line} ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    const letters = [...word];
    while (letters.length > limit) lines.push(letters.splice(0, limit).join(""));
    line = letters.join("");
  }
  return [...lines, line];
}

/** Names and values, the values aligned and wrapped. */
export function aligned(pairs: readonly (readonly [string, string])[], limit: number): string {
  const widest = Math.max(0, ...pairs.map(([name]) => width(name)));
  const room = Math.max(MIN_ROOM, limit - widest - 2);
  return pairs
    .flatMap(([name, value]) =>
      wrapped(value, room).map((line, i) =>
        `${(i === 0 ? safeLine(name) : "").padEnd(widest)}  ${line}`.trimEnd(),
      ),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** Ours: a value is never squeezed into less. */
const MIN_ROOM = 30;
