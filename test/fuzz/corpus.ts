import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromHex } from "../support/bytes.ts";

/** An input that once found something, or that leads where chance seldom does. */
export interface Kept {
  readonly name: string;
  readonly why: string;
  readonly input: Uint8Array;
}

/**
 * What is kept for a target: files `corpus/TARGET/NAME.hex` of a line `# why` and hexadecimal digits in any
 * lines.
 */
export function corpusOf(target: string): Kept[] {
  const folder = join(import.meta.dirname, "corpus", target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const lines = readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
      const why = /^# (.+)$/.exec(lines[0]!)?.[1];
      if (why === undefined || !name.endsWith(".hex"))
        throw new Error(`corpus/${target}/${name} is no .hex file that says why in its first line`);
      return { name, why, input: fromHex(lines.slice(1).join("")) };
    });
}
