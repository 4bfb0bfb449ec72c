import type { Block } from "./commands.ts";
import { ELSEWHERE, NO_COMMANDS, NOT_RUN } from "./register.ts";

/** How a command of a document is tried. */
export type Tried = "run" | "elsewhere" | "not-run";

export const hasNoCommands = ({ document, first }: Pick<Block, "document" | "first">): boolean =>
  NO_COMMANDS.some(([where, begins]) => where === document && first.startsWith(begins));

/** By the register; what it does not name is run (`test/package/documents.test.ts`). */
export function tried(document: string, command: string): Tried {
  const elsewhere = ELSEWHERE.some(
    (entry) => entry.document === document && entry.commands.some((pattern) => fits(pattern, command)),
  );
  if (elsewhere) return "elsewhere";
  const left = NOT_RUN.some(({ commands }) =>
    commands.some(([where, text]) => where === document && text === command),
  );
  return left ? "not-run" : "run";
}

export const fits = (pattern: string | RegExp, command: string): boolean =>
  typeof pattern === "string" ? pattern === command : pattern.test(command);
