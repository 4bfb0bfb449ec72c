import { type CommandFacts, everyCommand, isFile, optionsAt } from "./command-tree.ts";

/** A completion for fish 3: commands and options with what they do, what is a choice, and files. */
export function fishCompletion(program: string, tree: CommandFacts): string {
  const commands = everyCommand(tree);
  const lines: string[] = [];
  for (const command of commands) {
    const here = `complete -c ${program} -n ${word(`__${program}_at ${word(command.path.join(" "))}`)}`;
    for (const { path, description } of command.commands)
      lines.push(`${here} -a ${path.at(-1)} -d ${word(description)}`);
    if (command.arguments.some(isFile)) lines.push(`${here} -F`);
    for (const { names, description, value, choices } of optionsAt(tree, command)) {
      const flags = names.map((name) =>
        name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      );
      const wants =
        value === undefined
          ? ""
          : choices.length > 0
            ? ` -x -a ${word(choices.join(" "))}`
            : isFile(value)
              ? " -r -F"
              : " -x";
      lines.push(`${here} ${flags.join(" ")} -d ${word(description)}${wants}`);
    }
  }
  const valued = commands
    .flatMap(({ options }) => options)
    .filter(({ value }) => value !== undefined)
    .flatMap(({ names }) => names);
  const paths = commands.slice(1).map(({ path }) => word(path.join(" ")));
  return `# Completion of ${program} for fish. Made of its commands: ${program} of another version has its own.
function __${program}_at --description 'The words so far end in this command'
  set -l command
  set -l skip
  for given in (commandline -opc)[2..-1]
    if test -n "$skip"
      set skip
    else if contains -- $given ${[...new Set(valued)].join(" ")}
      set skip 1
    else if contains -- (string join ' ' $command $given) ${paths.join(" ")}
      set command $command $given
    end
  end
  test "$command" = "$argv[1]"
end
complete -c ${program} -f
${lines.join("\n")}
`;
}

const word = (text: string): string =>
  `'${text.replaceAll(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
