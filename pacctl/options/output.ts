import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";

const FORMATS = ["table", "wide", "csv", "yaml", "json", "name"] as const;

/** In which form a command prints what it found. */
export type Format = (typeof FORMATS)[number];

/** How something is printed. */
export interface Output {
  readonly format: Format;
  /** Keys of columns, in the order in which they were asked for; undefined: as the list has them. */
  readonly columns: readonly string[] | undefined;
}

/** `-o` and `--columns`, which every command understands; `--json` is another name of `-o json`. */
export function addOutputOptions(pacctl: Command): void {
  pacctl
    .option("--json", "print the answer as JSON: the same as -o json")
    .addOption(
      new Option(
        "-o, --output <format>",
        "how the answer is printed: wide is a table with all in full",
      ).choices(FORMATS),
    )
    .option("--columns <keys>", "of a list these columns only, in this order, with commas between them");
}

/** What they say. Throws usage. */
export function outputOf(command: Command): Output {
  const { json, output, columns } = command.optsWithGlobals<{
    json?: boolean;
    output?: Format;
    columns?: string;
  }>();
  if (json === true && output !== undefined && output !== "json")
    throw new AppError("usage", `--json and -o ${output} do not go together.`);
  const format = json === true ? "json" : (output ?? "table");
  if (columns === undefined) return { format, columns: undefined };
  if (!/^(?:table|wide|csv)$/.test(format))
    throw new AppError("usage", `--columns is for tables and CSV; -o ${format} has no columns.`);
  return { format, columns: columns.split(",").map((key) => key.trim()) };
}

/** Are errors to be JSON? Read without commander, which may be what failed. */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  return words.some(
    (word, i) =>
      /^(?:--json|-o=?json|--output=json)$/.test(word) ||
      (word === "json" && /^(?:-o|--output)$/.test(words[i - 1] ?? "")),
  );
}
