import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/**
 * The indented block of commands that follows the first paragraph beginning with `lead`, in a document of
 * this repository, as a shell script. Throws where there is none.
 */
export function commandsAfter(document: string, lead: string): string {
  const text = readFileSync(join(ROOT, document), "utf8");
  const start = text.indexOf(`\n${lead}`);
  const block = start < 0 ? null : /\n\n((?: {4}.*\n)+)/.exec(text.slice(start));
  if (block === null) throw new Error(`${document} has no commands after "${lead}"`);
  return block[1]!.replaceAll(/^ {4}/gm, "");
}
