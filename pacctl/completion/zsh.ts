import { type CommandFacts, everyCommand, isFile, optionsAt } from "./command-tree.ts";

/** A completion for zsh 5: commands and options with what they do, what is a choice, and files. */
export function zshCompletion(program: string, tree: CommandFacts): string {
  const commands = everyCommand(tree);
  const rows = commands.map((command) => {
    const inner = command.commands.map(({ path, description }) => quoted(path.at(-1)!, description));
    const options = optionsAt(tree, command).flatMap(({ names, description }) =>
      names.map((name) => quoted(name, description)),
    );
    const files = command.arguments.some(isFile);
    return `    (${word(command.path.join(" "))}) inner=(${inner.join(" ")}) options=(${options.join(" ")})${files ? " files=1" : ""} ;;`;
  });
  const valued = commands.flatMap(({ options }) => options).filter(({ value }) => value !== undefined);
  const values = valued.flatMap(({ names, value, choices }) =>
    names.map((name) => {
      const action =
        choices.length > 0
          ? `compadd ${choices.map(word).join(" ")}`
          : isFile(value!)
            ? "_files"
            : `_message ${word(value!)}`;
      return [name, `    (${name}) ${action}; return ;;`] as const;
    }),
  );
  const paths = commands.slice(1).map(({ path }) => word(path.join(" ")));
  const names = [...new Map(values).keys()];
  return `#compdef ${program}
# Completion of ${program} for zsh. Made of its commands: ${program} of another version has its own.
local command= at files= next
local -a inner options
for ((at = 2; at < CURRENT; at++)); do
  case $words[at] in
    (${names.join("|")}) ((at++)) ;;
    (-*) ;;
    (*)
      next="\${command:+$command }$words[at]"
      case $next in
        (${paths.join("|")}) command=$next ;;
      esac
      ;;
  esac
done
case $words[CURRENT-1] in
${[...new Map(values).values()].join("\n")}
esac
case $command in
${rows.join("\n")}
esac
if [[ $words[CURRENT] == -* ]]; then
  _describe -o option options
else
  (( \${#inner} )) && _describe command inner
  [[ -n $files ]] && _files
fi
`;
}

/** A word of zsh with a description behind a colon. */
const quoted = (name: string, description: string): string =>
  word(`${name}:${description.replaceAll(/\s+/g, " ")}`);

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
