import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const HANDBOOK = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");

/** The one fenced block of a language that holds these words, as the handbook has it. */
export function recipe(language: string, words: string): string {
  const blocks = [...HANDBOOK.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    (block) => block[1]!,
  );
  const found = blocks.filter((block) => block.includes(words));
  assert.equal(found.length, 1, `${found.length} recipes of ${language} with ${words}`);
  return found[0]!;
}

/** The indented commands of the handbook that begin so. */
export const commands = (beginning: string): readonly string[] =>
  HANDBOOK.split("\n")
    .filter((line) => line.startsWith(`    ${beginning}`))
    .map((line) => line.trim());
