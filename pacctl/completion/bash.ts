import { type CommandFacts, everyCommand, isFile, optionsAt } from "./command-tree.ts";

/**
 * A completion for bash (4.4 or later, without the package bash-completion): commands, options, what is a
 * choice, and files. It is a text of its own, so that no key press waits for a program to start.
 */
export function bashCompletion(program: string, tree: CommandFacts): string {
  const commands = everyCommand(tree);
  const paths = commands.slice(1).map(({ path }) => `"${path.join(" ")}"`);
  const rows = commands.map((command) => {
    const words = [
      ...command.commands.map(({ path }) => path.at(-1)!),
      ...optionsAt(tree, command).flatMap(({ names }) => names),
    ];
    const takesFile = command.arguments.some(isFile);
    return `    "${command.path.join(" ")}") words="${words.join(" ")}"${takesFile ? " files=1" : ""} ;;`;
  });
  const values = new Map<string, string>();
  for (const { names, value, choices } of commands.flatMap(({ options }) => options)) {
    if (value === undefined) continue;
    const action = choices.length > 0 ? `words="${choices.join(" ")}"` : isFile(value) ? "files=1" : ":";
    for (const name of names) values.set(name, action);
  }
  const options = [...values].map(([name, action]) => `    ${name}) ${action} ;;`);
  return TEMPLATE.replaceAll("PROGRAM", program)
    .replace("PATHS", paths.join(" | "))
    .replace("VALUED", [...values.keys()].join(" | "))
    .replace("VALUES", options.join("\n"))
    .replace("ROWS", rows.join("\n"));
}

const TEMPLATE = `# Completion of PROGRAM for bash. Made of its commands: PROGRAM of another version has its own.
_PROGRAM() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command= words= files= at
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
    VALUED) ((at++)) ;;
    -*) ;;
    *)
      case "\${command:+$command }\${COMP_WORDS[at]}" in
      PATHS) command=\${command:+$command }\${COMP_WORDS[at]} ;;
      esac
      ;;
    esac
  done
  COMPREPLY=()
  case $before in
VALUES
  *)
    case $command in
ROWS
    esac
    ;;
  esac
  [ -z "$words" ] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  if [ -n "$files" ] && [[ $current != -* ]]; then
    compopt -o filenames
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -F _PROGRAM PROGRAM
`;
