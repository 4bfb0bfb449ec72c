import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";

/** `pacctl help user add`: the help of a command, however deep it lies. */
export function addHelpCommand(pacctl: Command): void {
  pacctl
    .helpCommand(false)
    .command("help [command...]")
    .description("display help for a command, such as: help user add")
    .action((words: readonly string[]) => {
      let found = pacctl;
      for (const word of words) {
        const inner = found.commands.find((one) => one.name() === word || one.aliases().includes(word));
        if (inner === undefined) throw unknown(found, word);
        found = inner;
      }
      found.help();
    });
}

function unknown(command: Command, word: string): AppError {
  const known = command.commands.map((one) => one.name()).join(", ");
  const where = command.parent === null ? "pacctl" : `pacctl ${command.name()}`;
  const has = known === "" ? `${where} has no commands in it.` : `${where} has ${known}.`;
  return new AppError("usage", `There is no command "${word}": ${has}`);
}
