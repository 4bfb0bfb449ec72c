/** One version of CHANGELOG.md. */
interface Entry {
  readonly version: string;
  readonly date: Date;
  readonly points: readonly string[];
}

/** A line of a Debian changelog is short: it is read in 80 columns, behind two spaces and a star. */
const COLUMNS = 76;

/**
 * Debian's changelog, made of CHANGELOG.md: a chapter is a version. What is not released yet belongs to
 * `version`, the one that is built; a chapter that says no date has `built`.
 */
export function debianChangelog(
  markdown: string,
  facts: { readonly version: string; readonly maintainer: string; readonly built: Date },
): string {
  return entries(markdown, facts)
    .map(({ version, date, points }) => {
      const lines = points.flatMap((point) =>
        wrapped(point, COLUMNS).map((line, at) => `${at === 0 ? "  * " : "    "}${line}`),
      );
      const signed = ` -- ${facts.maintainer}  ${date.toUTCString().replace("GMT", "+0000")}`;
      return `pacd (${version}) unstable; urgency=medium\n\n${lines.join("\n")}\n\n${signed}\n`;
    })
    .join("\n");
}

/** The one that is built comes first, wherever its chapter is. */
function entries(markdown: string, facts: { readonly version: string; readonly built: Date }): Entry[] {
  const found = new Map<string, Entry>();
  for (const chapter of markdown.split(/^## /m).slice(1)) {
    const [title = "", ...rest] = chapter.split("\n");
    const version = /^\[?v?(\d+\.\d+\.\d+)/.exec(title)?.[1] ?? facts.version;
    const said = /\d{4}-\d{2}-\d{2}/.exec(title)?.[0];
    const points = rest
      .join("\n")
      .split(/^- /m)
      .slice(1)
      .map((point) =>
        point
          .split(/\n\n|\n#/)[0]!
          .replaceAll(/\s+/g, " ")
          .trim(),
      );
    if (points.length === 0) continue;
    // What is not released yet and the last version are one where the version has not been raised.
    const before = found.get(version)?.points ?? [];
    const dated =
      said === undefined || version === facts.version ? facts.built : new Date(`${said}T12:00:00Z`);
    found.set(version, { version, date: dated, points: [...before, ...points] });
  }
  const own = found.get(facts.version);
  return own === undefined ? [...found.values()] : [...new Set([own, ...found.values()])];
}

/** Lines of at most `columns` characters, where the words allow it. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
