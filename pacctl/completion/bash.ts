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
 * A completion for bash (4.4 or later, without the package bash-completion): commands, options, what is a
 * choice, files, and names that a server knows. All but those stand in the text itself, so that no key press
 * waits for a program to start.
 */
export function bashCompletion(
  program: string,
  tree: CommandFacts,
  values: ValuesOf = declaredValues,
): string {
  const commands = everyCommand(tree);
  const paths = commands.slice(1).map((command) => {
    const path = command.path.join(" ");
    return `      ${patterns(writings(command))}) command="${path}" given=0 ;;`;
  });
  const rows = commands.map((command) => {
    const words = [
      ...command.commands.map(({ path }) => path.at(-1)!),
      ...optionsAt(tree, command).flatMap(({ names }) => names),
    ];
    const found = values(command);
    const once = found?.from === "server" && !isRepeatable(command) ? "((given)) || " : "";
    const takes = found === undefined ? "" : ` ${once}${action(found)}`;
    return `    "${command.path.join(" ")}") words="${words.join(" ")}"${takes && ` ;${takes}`} ;;`;
  });
  return TEMPLATE.replaceAll("PROGRAM", program)
    .replace("PATHS", paths.join("\n"))
    .replace("VALUED", [...new Set(valued(commands).flatMap(({ names }) => names))].join(" | "))
    .replace("VALUES", valueRows(tree, values).join("\n"))
    .replace("ROWS", rows.join("\n"));
}

const valued = (commands: readonly CommandFacts[]): readonly OptionFacts[] =>
  commands.flatMap(({ options }) => options).filter(({ value }) => value !== undefined);

/** A command's own options first: elsewhere the same word may take something else. */
function valueRows(tree: CommandFacts, values: ValuesOf): readonly string[] {
  const own = everyCommand(tree)
    .slice(1)
    .flatMap((command) =>
      valued([{ ...command, options: optionsAt(tree, command) }])
        .filter(
          (option) =>
            command.options.includes(option) ||
            action(values(command, option)) !== action(values(tree, option)),
        )
        .flatMap((option) => {
          const places = option.names.map((name) => `"${command.path.join(" ")} ${name}"`);
          return places.map((place) => [place, action(values(command, option))] as const);
        }),
    );
  const everywhere = valued([tree]).flatMap((option) =>
    option.names.map((name) => [`*" ${name}"`, action(values(tree, option))] as const),
  );
  return [own, everywhere].flatMap((rows) =>
    [...Map.groupBy(rows, ([, act]) => act)].map(
      ([act, same]) => `  ${same.map(([place]) => place).join(" | ")}) value=1; ${act} ;;`,
    ),
  );
}

function action(values: Values | undefined): string {
  switch (values?.from) {
    case "choices":
      return `words="${values.words.join(" ")}"${values.list === true ? " list=1" : ""}`;
    case "server":
      return `live=${values.kind}`;
    case "files":
      return "files=1";
    case undefined:
      return ":";
  }
}

const patterns = (texts: readonly string[]): string => texts.map((text) => `"${text}"`).join(" | ");

const TEMPLATE = `# Completion of PROGRAM for bash. Made of its commands: PROGRAM of another version has its own.
_PROGRAM() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= given=0 words= list= files= live= value= prefix= at run
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
    VALUED) ((at++)); [[ \${COMP_WORDS[at]} != = ]] || ((at++)) ;;
    -*) ;;
    *)
      case "\${command:+$command }\${COMP_WORDS[at]}" in
PATHS
      *) given=$((given + 1)) ;;
      esac
      ;;
    esac
  done
  # --option=value comes as three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case "$command $before" in
VALUES
  esac
  if [ -z "$value" ]; then
    case $command in
ROWS
    esac
    # Options come when they are begun, where there are names to choose from.
    if [[ $current == -* ]]; then live= files=; elif [ -n "$live" ]; then words=; fi
  fi
  if [ -n "$list" ]; then
    [[ $current != *,* ]] || prefix=\${current%,*},
    mapfile -t COMPREPLY < <(compgen -P "$prefix" -W "$words" -- "\${current##*,}")
    compopt -o nospace
  elif [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
  if [ -n "$files" ]; then
    compopt -o filenames
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
  fi
  if [ -n "$live" ]; then
    run=\${COMP_WORDS[0]/#\\~\\//$HOME/}
    mapfile -t COMPREPLY < <("$run" __complete bash "$live" "$COMP_TYPE" "$2" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null)
  fi
}
complete -F _PROGRAM PROGRAM
`;
