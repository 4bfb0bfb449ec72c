import { type CommandFacts, everyCommand } from "../../../pacctl/completion/command-tree.ts";
import { roff } from "./roff.ts";

/** What a page says that the commands do not declare. */
export interface CommandPage {
  readonly program: string;
  readonly section: number;
  /** After the name, in whatis(1). */
  readonly summary: string;
  readonly description: string;
  /** Chapters after the commands: a title, and text. */
  readonly chapters: readonly (readonly [title: string, text: string])[];
  /** Terms under FILES. */
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly seeAlso: string;
}

/** The manual page of a program, with every command and option that it declares. */
export function commandPage(page: CommandPage, tree: CommandFacts, date: Date): string {
  const { program, section, summary } = page;
  const inner = everyCommand(tree).filter(({ path }) => path.length > 0 && path.at(-1) !== "help");
  const options = (command: CommandFacts) =>
    command.options
      .filter(({ names }) => !names.includes("--help"))
      .map(({ flags, description, choices }) =>
        roff.term(flags, choices.length === 0 ? description : `${description} (${choices.join(", ")})`),
      )
      .join("");
  return [
    roff.head(program, section, date, "pacd"),
    roff.section("Name"),
    `${program} \\- ${summary}\n`,
    roff.section("Synopsis"),
    roff.verbatim(`${program} [options] <command> [...]\n${program} help <command>`),
    roff.section("Description"),
    roff.paragraphs(page.description),
    roff.section("Options"),
    options(tree),
    roff.section("Commands"),
    ...inner
      // A group's own lines are those of the commands in it.
      .filter(({ commands }) => commands.length === 0)
      .map((command) =>
        [
          roff.subsection([program, ...command.path, ...command.arguments].join(" ")),
          roff.paragraphs(`${command.description}.`),
          options(command),
        ].join(""),
      ),
    ...inner
      .filter(({ epilogue }) => epilogue !== "")
      .map(({ path, epilogue }) => roff.subsection(`More about ${path.join(" ")}`) + roff.verbatim(epilogue)),
    ...(tree.epilogue === "" ? [] : [roff.section("Notes"), roff.verbatim(tree.epilogue)]),
    ...page.chapters.map(([title, text]) => roff.section(title) + roff.paragraphs(text)),
    roff.section("Files"),
    ...page.files.map(([path, text]) => roff.term(path, text)),
    roff.section("See also"),
    roff.paragraphs(page.seeAlso),
  ].join("");
}
