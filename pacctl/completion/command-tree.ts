import type { Command } from "commander";

/** An option, as its command declares it. */
export interface OptionFacts {
  /** As the help shows it: `-o, --output <file>`. */
  readonly flags: string;
  /** Every way to write it, without its value: `-o`, `--output`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Name of its value, such as "file"; undefined: it takes none. */
  readonly value: string | undefined;
  /** What the value may be, where that is a choice. */
  readonly choices: readonly string[];
}

/** A command and those inside it, with nothing left of how commander keeps them. */
export interface CommandFacts {
  /** Words after the program's name: `user add`. */
  readonly path: readonly string[];
  /** Other words for the last of them. */
  readonly aliases: readonly string[];
  readonly description: string;
  /** Words that follow, as the help shows them: `<name>`, `[words...]`. */
  readonly arguments: readonly string[];
  readonly options: readonly OptionFacts[];
  readonly commands: readonly CommandFacts[];
  /** What the help says below its lists: examples and the like. */
  readonly epilogue: string;
}

/** Reads what a program declares; `--help` and the command `help` included. */
export function commandTree(command: Command, path: readonly string[] = []): CommandFacts {
  const help = command.createHelp();
  return {
    path,
    aliases: command.aliases(),
    description: command.description(),
    arguments: command.registeredArguments.map((argument) => {
      const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
      return argument.required ? `<${name}>` : `[${name}]`;
    }),
    options: help.visibleOptions(command).map((option) => ({
      flags: option.flags,
      names: [option.short, option.long].filter((name) => name !== undefined),
      description: option.description,
      value: /[<[]([^>\]]*)[>\]]/.exec(option.flags)?.[1],
      choices: option.argChoices ?? [],
    })),
    commands: help.visibleCommands(command).map((inner) => commandTree(inner, [...path, inner.name()])),
    epilogue: epilogue(command),
  };
}

/** Whatever follows the lists comes from listeners, which only a whole help calls. */
function epilogue(command: Command): string {
  const before = command.configureOutput();
  let whole = "";
  command.configureOutput({
    writeOut: (text) => {
      whole += text;
    },
    getOutHelpWidth: () => 80,
  });
  command.outputHelp();
  const lists = command.helpInformation();
  command.configureOutput(before);
  return whole.slice(lists.length).trim();
}

/** Can a command's last argument be repeated? */
export const isRepeatable = ({ arguments: words }: CommandFacts): boolean =>
  words.at(-1)?.includes("...") === true;

/** Every way to write a command behind its own parent: `user list`, `user ls`. */
export const writings = ({ path, aliases }: CommandFacts): readonly string[] =>
  [path.at(-1)!, ...aliases].map((word) => [...path.slice(0, -1), word].join(" "));

/** The command itself and all inside it. */
export const everyCommand = (command: CommandFacts): readonly CommandFacts[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

/** Options that may be written behind a command: its own, and those of the whole program. */
export function optionsAt(tree: CommandFacts, command: CommandFacts): readonly OptionFacts[] {
  const own = new Set(command.options.map(({ flags }) => flags));
  const global = tree.options.filter(({ flags, names }) => !own.has(flags) && !names.includes("--version"));
  return [...command.options, ...global];
}

/** Names of values and of arguments that are files, whatever command asks for them. */
export const isFile = (name: string): boolean => /^[<[]?(file|folder|capture)/i.test(name);
