import { ATTEMPT_COLUMNS, SESSION_COLUMNS } from "../record-columns.ts";
import type { SessionRecord } from "../session-types.ts";
import type { AttemptSummary } from "../store-types.ts";
import type { AttemptFilter, SessionFilter } from "./filters.ts";
import { type History, prepared } from "./read-only.ts";
import {
  all,
  attemptSources,
  type Conditions,
  SESSION_SORT_TERMS,
  type SessionSort,
  sessionSources,
} from "./sources.ts";

/**
 * Where a record stands in its list: the value that it is sorted by, and among equals the number under which
 * it came on record.
 */
export type Place = readonly [value: string | number, among: string | number];

/** In which order, from where on, and how many. */
export interface PageOrder<Sort extends string> {
  readonly sort: Sort;
  readonly descending: boolean;
  /** The last of the page before. */
  readonly after: Place | undefined;
  readonly most: number;
}

export interface Placed<T> {
  readonly place: Place;
  readonly record: T;
}

/** Negative: `a` comes first. */
export function byPlace(descending: boolean): (a: Place, b: Place) => number {
  const sign = descending ? -1 : 1;
  return (a, b) => sign * (compare(a[0], b[0]) || compare(a[1], b[1]));
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sessions that have ended. */
export function readSessions(
  history: History,
  filter: SessionFilter,
  order: PageOrder<SessionSort>,
): readonly Placed<SessionRecord>[] {
  const term = SESSION_SORT_TERMS[order.sort];
  return read(
    history,
    "sessions",
    SESSION_COLUMNS,
    sessionSources(filter),
    term,
    order,
  ) as readonly Placed<unknown>[] as readonly Placed<SessionRecord>[];
}

/** Dials, by their beginning. */
export function readAttempts(
  history: History,
  filter: AttemptFilter,
  order: PageOrder<"startedAt">,
): readonly Placed<AttemptSummary>[] {
  const rows = read(history, "attempts", ATTEMPT_COLUMNS, attemptSources(filter), "started_at", order);
  return rows.map(({ place, record }) => ({
    place,
    record: { ...record, lastTimes: JSON.parse(record["lastTimes"] as string) } as unknown as AttemptSummary,
  }));
}

type Row = Readonly<Record<string, unknown>>;

function read(
  history: History,
  table: string,
  columns: readonly string[],
  sources: readonly Conditions[],
  term: string,
  { descending, after, most }: PageOrder<string>,
): readonly Placed<Row>[] {
  const found = new Map<string, Placed<Row>>();
  for (const source of sources) {
    const { sql, values } = statement(table, columns, source, term, { descending, after, most });
    for (const row of prepared(history, sql).iterate(...values)) {
      const { place: value, seq, ...record } = row;
      found.set(record["id"] as string, { place: [value as string | number, seq as number], record });
    }
  }
  const order = byPlace(descending);
  return [...found.values()].sort((a, b) => order(a.place, b.place)).slice(0, most);
}

/** One SELECT of a list, and its values. */
export function statement(
  table: string,
  columns: readonly string[],
  source: Conditions,
  term: string,
  { descending, after, most }: Omit<PageOrder<string>, "sort">,
): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const sign = descending ? "<" : ">";
  const from: Conditions =
    after === undefined
      ? { where: [], values: [] }
      : {
          where: [`${term} ${sign}= ?`, `(${term} ${sign} ? OR seq ${sign} ?)`],
          values: [after[0], after[0], after[1]],
        };
  const { where, values } = all(source, from);
  const direction = descending ? " DESC" : "";
  const ordered = `ORDER BY ${term}${direction}, seq${direction} LIMIT ?`;
  return {
    sql: `${selectFrom(table, [`${term} AS place`, "seq", ...columns.map(column)], { where, ...(source.index !== undefined && { index: source.index }) })} ${ordered}`,
    values: [...values, most],
  };
}

/** A SELECT with all these conditions. */
export const selectFrom = (
  table: string,
  columns: readonly string[],
  { where, index }: Pick<Conditions, "where" | "index">,
): string =>
  `SELECT ${columns.join(", ")} FROM ${table}${index === undefined ? "" : ` INDEXED BY ${index}`}${where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`}`;

/** A column under the name that its record has for it. */
export const column = (name: string): string =>
  `${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS ${name}`;
