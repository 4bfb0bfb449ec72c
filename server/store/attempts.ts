import type { Db } from "./database.ts";
import { historyKey } from "./name-keys.ts";
import { isSeq, pager } from "./paging.ts";
import { ATTEMPT_COLUMNS } from "./record-columns.ts";
import { merged } from "./records/merged.ts";
import type { WaitingAttempt, WaitingAttempts } from "./records/waiting-attempts.ts";
import type { AttemptRepository, AttemptSummary, TraceEntry } from "./store-types.ts";

const pages = pager("attempts", isSeq, (row: { readonly seq: number }) => row.seq);

/** Dials on record, as they stand in memory where that is not written yet. */
export function attemptRepository(db: Db, waiting: WaitingAttempts): AttemptRepository {
  return {
    async find(id) {
      const held = waiting.find(id);
      if (held !== undefined && !held.stored) return withTrace(held, "[]");
      const row = await db
        .selectFrom("attempts")
        .select([...ATTEMPT_COLUMNS, "trace"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (held !== undefined) return withTrace(held, row?.trace ?? "[]");
      return row && { ...summaryOf(row), trace: JSON.parse(row.trace) as TraceEntry[] };
    },

    inMemory: () => waiting.unwritten(),

    async list(page) {
      const before = pages.after(page) ?? Number.POSITIVE_INFINITY;
      const { user, userId, address, limit } = page;
      let query = db
        .selectFrom("attempts")
        .select(["seq", ...ATTEMPT_COLUMNS])
        .orderBy("seq", "desc")
        .limit(limit + 1);
      if (before < Number.POSITIVE_INFINITY) query = query.where("seq", "<", before);
      if (user !== undefined) query = query.where("userKey", "=", historyKey(user));
      if (userId !== undefined) query = query.where("userId", "=", userId);
      if (address !== undefined) query = query.where("clientAddress", "=", address);
      const stored = (await query.execute()).map(({ seq, ...row }) => ({ seq, record: summaryOf(row) }));
      const fits = ({ seq, record }: WaitingAttempt) =>
        seq < before &&
        (user === undefined || (record.user !== null && historyKey(record.user) === historyKey(user))) &&
        (userId === undefined || record.userId === userId) &&
        (address === undefined || record.clientAddress === address);
      const rows = merged(waiting.unwritten().filter(fits), stored, limit + 1);
      return pages.cut(rows, page, ({ record }) => record);
    },
  };
}

const summaryOf = <T extends { readonly lastTimes: string }>(row: T) => ({
  ...row,
  lastTimes: JSON.parse(row.lastTimes) as string[],
});

const withTrace = ({ record, trace }: WaitingAttempt, stored: string) => ({
  ...(record satisfies AttemptSummary),
  trace: JSON.parse(trace ?? stored) as TraceEntry[],
});
