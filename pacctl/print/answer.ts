import { stringify } from "yaml";
import { AppError } from "../../server/errors/app-error.ts";
import type { Output } from "../options/output.ts";
import { type Column, csv, csvCell, fittedTable, names, wideTable } from "./columns.ts";

/** Where a table is printed. */
export interface Page {
  /** Characters of a line; undefined: no terminal. */
  readonly columns: number | undefined;
  readonly now: Date;
}

/** What a list may have around it. */
export interface Around {
  /** What JSON and YAML print: the API's answer; `{ items }` where it is not given. */
  readonly page?: object;
  /** Instead of a table without rows. */
  readonly empty?: string;
  /** Behind a table. */
  readonly after?: string;
}

/** Where it is no terminal that says how wide it is. */
const USUAL_WIDTH = 80;

/** A list, as the output is wanted. Throws usage. */
export function listText<T>(
  items: readonly T[],
  declared: readonly Column<T>[],
  { page = { items }, empty, after = "" }: Around,
  { format, columns: keys }: Output,
  { columns: room = USUAL_WIDTH, now }: Page,
): string {
  if (format === "json" || format === "yaml") return dataText(page, format);
  if (format === "name") return names(items, declared);
  const columns = keys === undefined ? declared : chosen(declared, keys);
  if (format === "csv") return csv(items, columns);
  if (items.length === 0 && empty !== undefined) return empty;
  const table =
    format === "wide"
      ? wideTable(items, columns)
      : fittedTable(
          items,
          keys === undefined ? columns.filter(({ wide }) => wide !== true) : columns,
          room,
          now,
        );
  return table + after;
}

/** What was done for several names one after the other, as one document, for programs. */
export function severalText(answers: readonly unknown[], format: "json" | "yaml" | "csv"): string {
  if (answers.length === 0) return "";
  return format === "csv" ? oneTable(answers.filter(isRecord)) : dataText({ items: answers }, format);
}

/** One thing, as the output is wanted. */
export function answerText<T>(answer: T, text: (answer: T) => string, { format }: Output): string {
  switch (format) {
    case "json":
    case "yaml":
      return answer === undefined ? "" : dataText(answer, format);
    case "csv":
      return isRecord(answer) ? oneTable([answer]) : "";
    case "name":
      return isRecord(answer) ? nameLine(answer) : "";
    case "table":
    case "wide":
      return text(answer);
  }
}

const dataText = (data: unknown, format: "json" | "yaml"): string =>
  format === "json" ? `${JSON.stringify(data, null, 2)}\n` : stringify(data, { lineWidth: 0 });

function chosen<T>(declared: readonly Column<T>[], keys: readonly string[]): readonly Column<T>[] {
  return keys.map((wanted) => {
    const found = declared.find(({ key }) => key === wanted);
    if (found !== undefined) return found;
    const known = declared.map(({ key }) => key).join(", ");
    throw new AppError("usage", `--columns: this list has no column "${wanted}"; it has ${known}.`);
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A line of CSV for each, below the names of the members of all; what is no plain value as JSON. */
function oneTable(all: readonly Readonly<Record<string, unknown>>[]): string {
  const keys = [...new Set(all.flatMap((one) => Object.keys(one)))];
  const cell = (value: unknown) =>
    csvCell(typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? ""));
  return all.length === 0
    ? ""
    : [keys.map(csvCell), ...all.map((one) => keys.map((key) => cell(one[key])))]
        .map((cells) => `${cells.join(",")}\n`)
        .join("");
}

function nameLine({ name, id }: Readonly<Record<string, unknown>>): string {
  const word = name ?? id;
  return word === undefined ? "" : `${word}\n`;
}
