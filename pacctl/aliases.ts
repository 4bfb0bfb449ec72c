import type { Command } from "commander";

/** Other words for commands, wherever a command of that name is. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  user: ["users"],
  group: ["groups"],
  session: ["sessions", "sess"],
  attempt: ["attempts"],
  lockout: ["lockouts"],
  token: ["tokens"],
  admin: ["admins"],
  webhook: ["webhooks"],
  list: ["ls"],
  remove: ["rm"],
};

/** Gives every command its other words, but those that a command beside it has as its name. */
export function addAliases(command: Command): void {
  for (const inner of command.commands) {
    const taken = new Set(command.commands.flatMap((one) => [one.name(), ...one.aliases()]));
    for (const alias of ALIASES[inner.name()] ?? []) if (!taken.has(alias)) inner.alias(alias);
    addAliases(inner);
  }
}
