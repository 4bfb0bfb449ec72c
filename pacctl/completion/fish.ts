import { type CommandFacts, everyCommand, isRepeatable, optionsAt, writings } from "./command-tree.ts";
import { declaredValues, type Values, type ValuesOf } from "./values.ts";

/**
 * A completion for fish 3: commands and options with what they do, what is a choice, files, and names that a
 * server knows.
 */
export function fishCompletion(
  program: string,
  tree: CommandFacts,
  values: ValuesOf = declaredValues,
): string {
  const commands = everyCommand(tree);
  const lines: string[] = [];
  for (const command of commands) {
    const at = `__${program}_at ${word(command.path.join(" "))}`;
    const here = `complete -c ${program} -n ${word(at)}`;
    for (const { path, description } of command.commands)
      lines.push(`${here} -a ${path.at(-1)} -d ${word(description)}`);
    const taken = values(command);
    if (taken?.from === "files") lines.push(`${here} -F`);
    else if (taken !== undefined) {
      const once = taken.from === "server" && !isRepeatable(command);
      const there = once ? `complete -c ${program} -n ${word(`${at} once`)}` : here;
      lines.push(`${there} -k -a ${offered(program, taken)}`);
    }
    for (const option of optionsAt(tree, command)) {
      const flags = option.names.map((name) =>
        name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
      );
      const wants = option.value === undefined ? "" : wanted(program, values(command, option));
      lines.push(`${here} ${flags.join(" ")} -d ${word(option.description)}${wants}`);
    }
  }
  const valued = commands
    .flatMap(({ options }) => options)
    .filter(({ value }) => value !== undefined)
    .flatMap(({ names }) => names);
  const cases = commands
    .slice(1)
    .map(
      (command) =>
        `      case ${writings(command).map(word).join(" ")}\n        set command ${word(command.path.join(" "))}\n        set given 0`,
    );
  return `# Completion of ${program} for fish. Made of its commands: ${program} of another version has its own.
function __${program}_at --description 'The words so far end in this command; once: nothing follows it yet'
  set -l command ''
  set -l given 0
  set -l skip
  for word in (commandline -opc)[2..-1]
    if test -n "$skip"
      set skip
    else if contains -- $word ${[...new Set(valued)].join(" ")}
      set skip 1
    else if not string match -q -- '-*' $word
      switch (string trim -- "$command $word")
${cases.join("\n")}
        case '*'
          set given (math $given + 1)
      end
    end
  end
  test "$command" = "$argv[1]"; and test -z "$argv[2]" -o $given = 0
end
function __${program}_live --description 'Names that a server knows'
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  $words[1] __complete fish $argv[1] $words[2..-1] "$current" 2>/dev/null </dev/null
end
function __${program}_list --description 'Several of some words, with commas between them'
  set -l before (string match -r -- '^(?:--[^=]*=)?(.*,)' (commandline -ct))[2]
  for word in $argv
    echo "$before$word"
  end
end
complete -c ${program} -f
${lines.join("\n")}
`;
}

/** What follows an option. */
function wanted(program: string, values: Values | undefined): string {
  if (values === undefined) return " -x";
  return values.from === "files" ? " -r -F" : ` -x -k -a ${offered(program, values)}`;
}

function offered(program: string, values: Exclude<Values, { readonly from: "files" }>): string {
  if (values.from === "server") return word(`(__${program}_live ${values.kind})`);
  const words = values.words.join(" ");
  return word(values.list === true ? `(__${program}_list ${words})` : words);
}

const word = (text: string): string =>
  `'${text.replaceAll(/\s+/g, " ").replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
