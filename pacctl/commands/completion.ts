import { Argument, type Command } from "commander";
import { bashCompletion } from "../completion/bash.ts";
import { type CommandFacts, commandTree } from "../completion/command-tree.ts";
import { fishCompletion } from "../completion/fish.ts";
import type { ValuesOf } from "../completion/values.ts";
import { zshCompletion } from "../completion/zsh.ts";
import type { Io } from "../io.ts";

/** Shells that pacctl can be completed in, and what makes their texts. */
export const SHELLS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<string, (program: string, tree: CommandFacts, values?: ValuesOf) => string>;

/** `pacctl completion SHELL`: prints what makes the shell complete pacctl's commands. */
export function addCompletionCommand(pacctl: Command, io: Pick<Io, "out">, values: ValuesOf): void {
  pacctl
    .command("completion")
    .description("print what makes a shell complete these commands; the package has it installed")
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SHELLS)))
    .action((shell: keyof typeof SHELLS) => io.out(SHELLS[shell]("pacctl", commandTree(pacctl), values)))
    .addHelpText("after", HELP);
}

const HELP = `
Examples:
  pacctl completion bash > /etc/bash_completion.d/pacctl
  pacctl completion zsh > /usr/local/share/zsh/site-functions/_pacctl
  pacctl completion fish > /etc/fish/completions/pacctl.fish
`;
