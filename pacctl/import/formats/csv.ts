import { CsvError, parse } from "csv-parse/sync";
import { nearest } from "../../../server/config/nearest-key.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { CSV_CELLS, columnOf, LABEL_COLUMN, SAYS_NOTHING, unguarded } from "../csv-columns.ts";
import { MAX_LINE, TOO_LONG } from "../file-lines.ts";
import { fittedComment } from "../fitted-comment.ts";
import { Findings, type ImportedUser, type Parsed } from "../import-types.ts";

/** A record, and the line in which it begins. */
interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * CSV with a first line that names the columns (RFC 4180; a semicolon or a tab will do as delimiter). Throws
 * import-unreadable where columns are not known, or quotation marks do not fit.
 */
export function csvUsers(text: string, { now }: { readonly now: Date }): Parsed {
  const findings = new Findings();
  const [head, ...records] = recordsOf(text, delimiterOf(text));
  const columns = columnsOf(head?.cells ?? []);
  for (const { line, cells } of records) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell.trim() !== ""))
      findings.lost(line, `has ${cells.length} cells, and the first line ${columns.length}: left out`);
    else {
      const user = userOf(line, columns, cells, now, findings);
      if (user !== undefined) findings.users.push(user);
    }
  }
  return findings;
}

/** How many of a first line's cells are columns that are known, where one of them is the name. */
export function knownColumns(text: string): number {
  const columns = headOf(text, delimiterOf(text)).map(columnOf);
  return columns.includes("name") ? columns.filter((column) => column !== undefined).length : 0;
}

/** The delimiter by which the first line has the most columns that are known. */
function delimiterOf(text: string): string {
  const known = (delimiter: string) =>
    headOf(text, delimiter).filter((cell) => columnOf(cell) !== undefined).length;
  return DELIMITERS.toSorted((a, b) => known(b) - known(a))[0]!;
}

/** A first line has no need of quotation marks; where it has some, they do not matter here. */
const headOf = (text: string, delimiter: string): readonly string[] =>
  (/^\s*([^\r\n]*)/.exec(text.slice(0, MAX_LINE))![1] ?? "")
    .split(delimiter)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));

function recordsOf(text: string, delimiter: string): readonly CsvRecord[] {
  try {
    // One line end alone: csv-parse counts CRLF inside a cell as two lines.
    const records = parse(text.replace(/\r\n?/g, "\n"), {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: "\n",
      max_record_size: MAX_LINE,
    }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    // csv-parse counts to the end of a record, which may have line ends in its cells.
    return records.map(({ record, info }) => ({
      line: info.lines - record.reduce((ends, cell) => ends + (cell.split("\n").length - 1), 0),
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message has a piece of a cell, which may be a password.
    const { code, lines } = error as CsvError & { readonly lines?: number };
    throw unreadable(`Line ${lines ?? 1}${WORDS[code] ?? " is no CSV."}`);
  }
}

const unreadable = (says: string): AppError => new AppError("import-unreadable", says);

const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: ": a quotation mark is not closed before the end of the file.",
  CSV_INVALID_CLOSING_QUOTE:
    ": something stands behind a closing quotation mark. Inside a cell it is written twice.",
  INVALID_OPENING_QUOTE: ": a quotation mark stands inside a cell that does not begin with one.",
  CSV_MAX_RECORD_SIZE: ` is ${TOO_LONG.replace(": left out", "")}: is a quotation mark not closed?`,
};

/** Throws import-unreadable; repeats no heading unless the line is one of headings. */
function columnsOf(head: readonly string[]): readonly string[] {
  const known = [...Object.keys(CSV_CELLS), "labels.KEY"].join(", ");
  const columns = head.map(columnOf);
  if (!columns.includes("name"))
    throw unreadable(`The first line must name the columns, "name" among them. Columns are ${known}.`);
  const unknown = columns.indexOf(undefined);
  if (unknown >= 0) {
    const meant = nearest(head[unknown]!, Object.keys(CSV_CELLS));
    const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
    throw unreadable(
      `There is no column ${JSON.stringify(head[unknown])} (the ${unknown + 1}. of ${head.length}).${hint} Columns are ${known}.`,
    );
  }
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) throw unreadable(`The first line has the column "${twice}" twice.`);
  return columns as readonly string[];
}

/** Undefined: a cell cannot be read, which is told. */
function userOf(
  line: number,
  columns: readonly string[],
  cells: readonly string[],
  now: Date,
  findings: Findings,
): ImportedUser | undefined {
  const said: Record<string, unknown> = {};
  const labels: Record<string, string> = {};
  const back: string[] = [];
  for (const [at, column] of columns.entries()) {
    const raw = cells[at] ?? "";
    // Spaces at the ends of a password are the password's.
    const text = unguarded(column === "password" ? raw : raw.trim());
    const [, key] = LABEL_COLUMN.exec(column) ?? [];
    if (key !== undefined) {
      if (text !== "") labels[key] = text;
    } else if (text === "") {
      if (!SAYS_NOTHING.has(column)) back.push(column);
    } else {
      try {
        said[column] = CSV_CELLS[column]!.read(text, now);
      } catch (error) {
        findings.lost(line, `${column}: ${(error as Error).message}`);
        return undefined;
      }
    }
  }
  if (typeof said["comment"] === "string")
    said["comment"] = fittedComment(said["comment"], (what) => findings.part(line, what));
  const hasLabels = columns.some((column) => LABEL_COLUMN.test(column));
  const { name, password, ...fields } = said as { name?: string; password?: string };
  if (name === undefined) {
    findings.lost(line, "has no name: left out");
    return undefined;
  }
  return {
    line,
    name,
    ...(password === undefined ? {} : { password }),
    fields: hasLabels
      ? { ...fields, labels: { ...(fields as { labels?: object }).labels, ...labels } }
      : fields,
    back: hasLabels ? back.filter((column) => column !== "labels") : back,
  };
}
