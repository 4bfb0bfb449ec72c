/**
 * The few forms of man(7) that our pages have. Whatever is handed in is text, never roff: a backslash, and
 * a dot at the beginning of a line, are shown as they are.
 */
export const roff = {
  head: (name: string, section: number, date: Date, title: string): string =>
    `.TH ${name.toUpperCase()} ${section} "${date.toISOString().slice(0, 10)}" "pacd" "${title}"\n`,
  section: (name: string): string => `.SH ${escaped(name.toUpperCase())}\n`,
  subsection: (name: string): string => `.SS ${escaped(name)}\n`,
  /** Sentences; an empty line begins a paragraph. */
  paragraphs: (text: string): string =>
    text
      .trim()
      .split(/\n\s*\n/)
      .map((paragraph) => `.PP\n${escaped(paragraph.replaceAll(/\s*\n\s*/g, " ").trim())}\n`)
      .join(""),
  /** A term, and what it means. */
  term: (term: string, text: string): string => `.TP\n\\fB${escaped(term)}\\fR\n${escaped(text) || "\\&"}\n`,
  /** Lines as they are: examples, tables. */
  verbatim: (text: string): string =>
    `.PP\n.nf\n.RS 4\n${text.split("\n").map(escaped).join("\n")}\n.RE\n.fi\n`,
};

/** A hyphen that shall be one when it is copied, and nothing that roff would take for its own. */
function escaped(text: string): string {
  const plain = text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
