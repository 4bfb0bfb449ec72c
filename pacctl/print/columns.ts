import { printable } from "./printable.ts";
import { width } from "./table.ts";

/** One column of a list. One declaration makes the table, `-o wide`, CSV and the names of `--columns`. */
export interface Column<T> {
  /** Its name for `--columns`, and its heading in CSV. */
  readonly key: string;
  /** Its heading in tables. */
  readonly title: string;
  /** What a table shows. */
  readonly value: (item: T, now: Date) => string;
  /** What `-o wide` and CSV show instead: in full, a moment as the API has it; null where there is none. */
  readonly exact?: (item: T) => string | number | null;
  /** In a table only with `-o wide`, or when `--columns` asks for it. */
  readonly wide?: boolean;
  /** Left out of a table that is wider than the terminal, the last one first; "first" before all others. */
  readonly spare?: boolean | "first";
  /** Never cut: an address, a number, a moment. */
  readonly whole?: boolean;
  /** Cut when nothing else is left to cut: what the list is read for. */
  readonly last?: boolean;
  /** An ID: a table shows as much of it as tells it from the others. */
  readonly id?: boolean;
}

/** A column that holds a moment: "3m ago" in a table, as the API has it otherwise. */
export const momentColumn = <T>(
  key: string,
  title: string,
  of: (item: T) => string | null,
  more: Partial<Column<T>> = {},
): Column<T> => ({
  key,
  title,
  value: (item, now) => ago(of(item), now),
  exact: of,
  whole: true,
  ...more,
});

/** A moment as seen from now, in its largest unit: `3m ago`, `in 2d`, `now`; `-` for none. */
export function ago(iso: string | null, now: Date): string {
  if (iso === null) return "-";
  const seconds = Math.round((now.getTime() - Date.parse(iso)) / 1000);
  const away = Math.abs(seconds);
  if (away < 1) return "now";
  const [size, unit] = AWAY.find(([least]) => away >= least) ?? [1, "s"];
  const text = `${Math.floor(away / size)}${unit}`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}

const AWAY = [
  [86_400, "d"],
  [3600, "h"],
  [60, "m"],
] as const;

/** The least of an ID that is shown. */
const SHORTEST_ID = 8;

/** What is left of a cell at least. */
const NARROWEST = 8;

/** Ours: as much of a long cell as people are content with, while columns that may be left out are there. */
const LEGIBLE = 24;

const BETWEEN = 2;

/** A table no wider than `room` where that can be had. Cells are made printable, long ones end in "…". */
export function fittedTable<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  room: number,
  now: Date,
): string {
  let kept = columns.map((column) => cellsOf(items, column, now));
  const spares = kept.filter(({ column }) => (column.spare ?? false) !== false).reverse();
  const isFirst = ({ column }: Cells<T>) => column.spare === "first";
  for (const spare of [...spares.filter(isFirst), ...spares.filter((one) => !isFirst(one))])
    if (legible(kept) > room) kept = kept.filter((one) => one !== spare);
  for (let over = widthOf(kept) - room; over > 0; over = widthOf(kept) - room) {
    const [widest] = kept
      .filter((one) => isCut(one) && one.wide > NARROWEST)
      .sort((a, b) => Number(a.column.last ?? false) - Number(b.column.last ?? false) || b.wide - a.wide);
    if (widest === undefined) break;
    widest.wide -= 1;
  }
  return rows(kept, (cells, wide) => cells.map((cell) => padded(cut(cell, wide), wide)));
}

/** Every column in full, however wide that is. */
export function wideTable<T>(items: readonly T[], columns: readonly Column<T>[]): string {
  return rows(
    columns.map((column) =>
      measured(
        column,
        items.map((item) => printable(exactText(column, item) || "-")),
      ),
    ),
    (cells, wide) => cells.map((cell) => padded(cell, wide)),
  );
}

/** RFC 4180, but for the line ends, which are those of Unix. The first line names the columns. */
export const csv = <T>(items: readonly T[], columns: readonly Column<T>[]): string =>
  [columns.map(({ key }) => key), ...items.map((item) => columns.map((column) => exactText(column, item)))]
    .map((cells) => `${cells.map(csvCell).join(",")}\n`)
    .join("");

/** What a list's first column holds, a line each: for other commands. */
export const names = <T>(items: readonly T[], [first]: readonly Column<T>[]): string =>
  items.map((item) => `${printable(exactText(first!, item))}\n`).join("");

export const csvCell = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** What `-` stands for in a table is empty in CSV. */
function exactText<T>({ exact, value }: Column<T>, item: T): string {
  if (exact !== undefined) return String(exact(item) ?? "");
  const text = value(item, new Date(0));
  return text === "-" ? "" : text;
}

interface Cells<T> {
  readonly column: Column<T>;
  /** Without the heading. */
  readonly cells: readonly string[];
  wide: number;
}

function cellsOf<T>(items: readonly T[], column: Column<T>, now: Date): Cells<T> {
  const cells = items.map((item) => printable(column.value(item, now)));
  return measured(column, column.id === true ? shortened(cells) : cells);
}

const measured = <T>(column: Column<T>, cells: readonly string[]): Cells<T> => ({
  column,
  cells,
  wide: Math.max(width(column.title), ...cells.map(width)),
});

const widthOf = (kept: readonly { readonly wide: number }[]): number =>
  kept.reduce((sum, { wide }) => sum + wide, BETWEEN * (kept.length - 1));

const isCut = ({ column }: { readonly column: Pick<Column<never>, "whole" | "id"> }): boolean =>
  column.whole !== true && column.id !== true;

/** How wide a table is whose long cells are cut as far as they can still be read. */
const legible = <T>(kept: readonly Cells<T>[]): number =>
  widthOf(
    kept.map((one) => ({
      wide: isCut(one) && one.column.last !== true ? Math.min(one.wide, LEGIBLE) : one.wide,
    })),
  );

/** As much of each ID as no other of them begins with. */
export function shortened(ids: readonly string[]): readonly string[] {
  const sorted = [...new Set(ids)].sort();
  const least = new Map(
    sorted.map((id, i) => [
      id,
      Math.max(SHORTEST_ID, alike(id, sorted[i - 1]) + 1, alike(id, sorted[i + 1]) + 1),
    ]),
  );
  return ids.map((id) => id.slice(0, least.get(id)));
}

/** How many letters two texts begin with that are the same. */
function alike(a: string, b: string | undefined): number {
  let at = 0;
  while (b !== undefined && at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function rows<T>(
  kept: readonly Cells<T>[],
  shown: (cells: readonly string[], wide: number) => readonly string[],
): string {
  const columns = kept.map(({ column, cells, wide }) => shown([column.title, ...cells], wide));
  const count = columns[0]?.length ?? 0;
  return Array.from({ length: count }, (_, row) =>
    `${columns.map((cells) => cells[row]).join(" ".repeat(BETWEEN))}`.trimEnd().concat("\n"),
  ).join("");
}

const padded = (text: string, to: number): string => text + " ".repeat(Math.max(0, to - width(text)));

/** Marks stay with the letter before them. */
function cut(text: string, to: number): string {
  if (width(text) <= to) return text;
  let kept = "";
  for (const letter of text.match(/\P{M}\p{M}*/gu) ?? []) {
    if (width(kept + letter) > to - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
