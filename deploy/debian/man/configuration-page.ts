import { roff } from "./roff.ts";

interface Line {
  readonly key: string;
  readonly value: string;
  readonly text: string;
}

/**
 * pacd.toml(5), made of the example configuration, which a test holds against the table of keys. Throws
 * where a line of it is neither section, key nor comment.
 */
export function configurationPage(example: string, date: Date): string {
  const pages: string[] = [];
  for (const [name, lines] of sections(example)) {
    pages.push(roff.subsection(`[${name}]`));
    for (const { key, value, text } of lines) pages.push(roff.term(`${key} = ${value}`, text));
  }
  return [
    roff.head("pacd.toml", 5, date, "pacd"),
    roff.section("Name"),
    "pacd.toml \\- configuration of pacd\n",
    roff.section("Description"),
    roff.paragraphs(DESCRIPTION),
    roff.section("Keys"),
    roff.paragraphs("Each key stands with its default."),
    ...pages,
    roff.section("Files"),
    roff.term("/etc/pacd/pacd.toml", "the configuration"),
    roff.term("/usr/share/doc/pacd/examples/pacd.toml", "every key with its default"),
    roff.section("See also"),
    roff.paragraphs("pacd(8), pacctl(1), and the documents in /usr/share/doc/pacd"),
  ].join("");
}

function sections(example: string): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>();
  let section: Line[] | undefined;
  for (const line of example.split("\n").slice(1)) {
    const name = /^\[([a-z_]+)\]$/.exec(line)?.[1];
    // In a section whose keys the operator names, the one that is shown is a comment.
    const key = /^(?:# )?(\w+) = (.*?\S) {2,}# (.*)$/.exec(line);
    if (line.trim() === "") continue;
    else if (name !== undefined) {
      section = [];
      found.set(name, section);
    } else if (key !== null && section !== undefined)
      section.push({ key: key[1]!, value: key[2]!, text: key[3]! });
    else if (!line.startsWith("#")) throw new Error(`The example has a line that is no key: ${line}`);
  }
  return found;
}

const DESCRIPTION = `
pacd reads one file of TOML (https://toml.io): pacd serve and pacd check read /etc/pacd/pacd.toml unless --config names another. A
key that is left out has its default; one that pacd does not know, or cannot understand, is an error that names file, line and key.
A relative path is against the folder of the file.

pacd check says whether everything is in order, the host included, and changes nothing. The file belongs to root and the group pacd
may read it; passwords are never in it.
`;
