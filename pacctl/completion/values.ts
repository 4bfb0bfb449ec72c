import { type CommandFacts, isFile, type OptionFacts } from "./command-tree.ts";

/** Names that only a server knows. */
export const LIVE_KINDS = [
  "user",
  "user-id",
  "group",
  "session",
  "live-session",
  "attempt",
  "audit-record",
  "administrator",
  "token",
  "actor",
  "pool",
  "lockout",
  "webhook",
] as const;

export type LiveKind = (typeof LIVE_KINDS)[number];

/** Where the words come from that may stand at a place of the command line. */
export type Values =
  /** `list`: several of them, with commas between. */
  | { readonly from: "choices"; readonly words: readonly string[]; readonly list?: boolean }
  | { readonly from: "server"; readonly kind: LiveKind }
  | { readonly from: "files" };

/** What may follow an option, or where no option is meant what a command's arguments may be. */
export type ValuesOf = (command: CommandFacts, option?: OptionFacts) => Values | undefined;

/** What commands declare by themselves: choices, and files by their name. */
export const declaredValues: ValuesOf = (command, option) => {
  if (option === undefined) return command.arguments.some(isFile) ? { from: "files" } : undefined;
  if (option.choices.length > 0) return { from: "choices", words: option.choices };
  return isFile(option.value ?? "") ? { from: "files" } : undefined;
};
