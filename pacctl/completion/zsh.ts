import {
  type CommandFacts,
  everyCommand,
  isRepeatable,
  type OptionFacts,
  optionsAt,
  writings,
} from "./command-tree.ts";
import { declaredValues, type Values, type ValuesOf } from "./values.ts";

/**
 * A completion for zsh 5: commands and options with what they do, what is a choice, files, and names that a
 * server knows.
 */
export function zshCompletion(
  program: string,
  tree: CommandFacts,
  values: ValuesOf = declaredValues,
): string {
  const commands = everyCommand(tree);
  const rows = commands.map((command) => {
    const inner = command.commands.map(({ path, description }) => quoted(path.at(-1)!, description));
    const options = optionsAt(tree, command).flatMap(({ names, description }) =>
      names.map((name) => quoted(name, description)),
    );
    const found = values(command);
    const once = found?.from === "server" && !isRepeatable(command) ? "(( given )) || " : "";
    const takes = found === undefined ? "" : ` ; ${once}act=${word(action(program, found))}`;
    return `    (${word(command.path.join(" "))}) inner=(${inner.join(" ")}) options=(${options.join(" ")})${takes} ;;`;
  });
  const places = commands.flatMap((command) =>
    valued(optionsAt(tree, command)).flatMap((option) =>
      option.names.map((name) => {
        const act = action(program, values(command, option)) || `_message ${word(option.value!)}`;
        return [`${command.path.join(" ")} ${name}`, act] as const;
      }),
    ),
  );
  const valueRows = [...Map.groupBy(places, ([, act]) => act)].map(
    ([act, same]) => `  (${same.map(([place]) => word(place)).join("|")}) ${act}; return ;;`,
  );
  const names = valued(commands.flatMap(({ options }) => options)).flatMap((option) => option.names);
  const paths = commands
    .slice(1)
    .map(
      (command) =>
        `        (${writings(command).map(word).join("|")}) command=${word(command.path.join(" "))} given=0 ;;`,
    );
  return `#compdef ${program}
# Completion of ${program} for zsh. Made of its commands: ${program} of another version has its own.
# Names that a server knows, which ${program} asks it for.
_${program}_live() {
  local run=\${(Q)words[1]} line
  local -a found shown
  run=\${run/#\\~\\//$HOME/}
  for line in "\${(@f)$($run __complete zsh $1 "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)}"; do
    [[ -n $line ]] || continue
    found+=("\${line%%$'\\t'*}")
    line=\${line%$'\\t'}
    shown+=("\${line/$'\\t'/  -- }")
  done
  (( $#found )) && compadd -l -V names -d shown -a found
}
# Several of some words, with commas between them.
_${program}_list() {
  compset -P '*,'
  compadd -S '' -- "$@"
}
_${program}() {
local command= at files= next given=0 act= before=$words[CURRENT-1]
local -a inner options
for ((at = 2; at < CURRENT; at++)); do
  case $words[at] in
    (${[...new Set(names)].join("|")}) ((at++)) ;;
    (-*) ;;
    (*)
      next="\${command:+$command }$words[at]"
      case $next in
${paths.join("\n")}
        (*) ((given++)) ;;
      esac
      ;;
  esac
done
if [[ $words[CURRENT] == --*=* ]]; then
  before=\${words[CURRENT]%%=*}
  compset -P '--*='
fi
case "$command $before" in
${valueRows.join("\n")}
esac
case $command in
${rows.join("\n")}
esac
if [[ $words[CURRENT] == -* ]]; then
  _describe -o option options
else
  (( \${#inner} )) && _describe command inner
  [[ -n $act ]] && \${(z)act}
fi
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;
}

/** A command of zsh that adds what there is; "" for what nobody knows. */
function action(program: string, values: Values | undefined): string {
  switch (values?.from) {
    case "choices": {
      const words = values.words.map(word).join(" ");
      return values.list === true ? `_${program}_list ${words}` : `compadd -- ${words}`;
    }
    case "server":
      return `_${program}_live ${values.kind}`;
    case "files":
      return "_files";
    case undefined:
      return "";
  }
}

const valued = (options: readonly OptionFacts[]): readonly OptionFacts[] =>
  options.filter(({ value }) => value !== undefined);

/** A word of zsh with a description behind a colon. */
const quoted = (name: string, description: string): string =>
  word(`${name}:${description.replaceAll(/\s+/g, " ")}`);

const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
