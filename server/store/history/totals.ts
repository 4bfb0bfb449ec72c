import { SESSION_COLUMNS } from "../record-columns.ts";
import type { SessionRecord } from "../session-types.ts";
import { type SessionFilter, sessionsThatFit } from "./filters.ts";
import type { History } from "./read-only.ts";
import { column, selectFrom } from "./read-page.ts";
import { sessionSources } from "./sources.ts";

/** By what sessions are added up, beside the days. */
export const TOTAL_KEYS = ["user", "group", "pool"] as const;

export type TotalKey = (typeof TOTAL_KEYS)[number];

/** A span of time that is added up for itself, such as a day; ISO 8601 in UTC, its end not included. */
export interface Window {
  /** What the answer calls it; null: it is the only one. */
  readonly day: string | null;
  readonly from: string;
  readonly to: string;
}

/** What the sessions of one key did within one window. */
export interface Total {
  readonly day: string | null;
  readonly user: string | null;
  readonly userId: string | null;
  readonly group: string | null;
  readonly groupId: string | null;
  readonly pool: string | null;
  /** That began within it. */
  readonly sessions: number;
  /** For how long they were up within it, all together. */
  readonly seconds: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

/** Of which sessions, and how they are added up. */
export interface TotalsQuestion {
  readonly filter: SessionFilter;
  readonly by: readonly TotalKey[];
  /** Sessions that stand in memory, as they are now; those that are up have `now` as their end. */
  readonly inMemory: readonly SessionRecord[];
  readonly now: string;
}

const COUNTS = ["rxBytes", "txBytes", "rxPackets", "txPackets"] as const;

type Sum = { -readonly [K in keyof Total]: Total[K] } & { millis: number };

/**
 * The totals of one window, sorted by their keys. What passed through a session that was up before or after
 * it as well is divided by time: so much of it belongs to the window as its share of the session. The parts
 * of a session are whole numbers, and together what the session has.
 */
export function totalsOf(history: History, question: TotalsQuestion, window: Window): readonly Total[] {
  const { filter, inMemory, now } = question;
  const sums = new Map<string, Sum>();
  const within = {
    ...filter,
    since: later(filter.since, window.from),
    until: earlier(filter.until, window.to),
  };
  const seen = new Set<string>();
  const fits = sessionsThatFit(within);
  for (const session of inMemory) {
    seen.add(session.id);
    const { disconnectedAt, endReason } = session;
    if (fits(session, disconnectedAt, endReason)) add(sums, question, window, session, disconnectedAt ?? now);
  }
  for (const source of sessionSources(within)) {
    const sql = selectFrom("sessions", SESSION_COLUMNS.map(column), source);
    const rows = history.prepare<unknown[], SessionRecord>(sql).iterate(...source.values);
    for (const session of rows) {
      if (seen.has(session.id)) continue;
      seen.add(session.id);
      add(sums, question, window, session, session.disconnectedAt!);
    }
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { millis, ...sum }]) => ({ ...sum, seconds: Math.round(millis / 1000) }));
}

function add(
  sums: Map<string, Sum>,
  { by }: TotalsQuestion,
  window: Window,
  session: SessionRecord,
  endedAt: string,
): void {
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const began = Date.parse(session.connectedAt);
  const ended = Math.max(began, Date.parse(endedAt));
  const sum = sumOf(sums, by, window, session);
  if (began >= from && began < to) sum.sessions++;
  sum.millis += Math.max(0, Math.min(ended, to) - Math.max(began, from));
  for (const count of COUNTS)
    sum[count] += until(session[count], began, ended, to) - until(session[count], began, ended, from);
}

/** How much of `whole` belongs to the time before `moment`. */
function until(whole: number, began: number, ended: number, moment: number): number {
  if (moment <= began) return 0;
  if (moment >= ended) return whole;
  return Math.floor((whole * (moment - began)) / (ended - began));
}

function sumOf(
  sums: Map<string, Sum>,
  by: readonly TotalKey[],
  { day }: Window,
  { user, userId, groupName, groupId, pool }: SessionRecord,
): Sum {
  const keys = {
    ...(by.includes("user") ? { user, userId } : { user: null, userId: null }),
    ...(by.includes("group") ? { group: groupName, groupId } : { group: null, groupId: null }),
    pool: by.includes("pool") ? pool : null,
  };
  const key = JSON.stringify([keys.user, keys.userId, keys.group, keys.groupId, keys.pool]);
  let sum = sums.get(key);
  if (sum === undefined) {
    sum = {
      day,
      ...keys,
      sessions: 0,
      seconds: 0,
      rxBytes: 0,
      txBytes: 0,
      rxPackets: 0,
      txPackets: 0,
      millis: 0,
    };
    sums.set(key, sum);
  }
  return sum;
}

const later = (a: string | undefined, b: string): string => (a === undefined || a < b ? b : a);
const earlier = (a: string | undefined, b: string): string => (a === undefined || b < a ? b : a);
