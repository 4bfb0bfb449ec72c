import type { Db } from "./database.ts";
import { historyKey } from "./name-keys.ts";
import { isSeq, pager } from "./paging.ts";
import { SESSION_COLUMNS } from "./record-columns.ts";
import { merged } from "./records/merged.ts";
import type { WaitingSession, WaitingSessions } from "./records/waiting-sessions.ts";
import type { SessionRepository } from "./store-types.ts";

const pages = pager("sessions", isSeq, (row: { readonly seq: number }) => row.seq);

/** Accounting records, as they stand in memory where that is not written yet. */
export function sessionRepository(db: Db, waiting: WaitingSessions): SessionRepository {
  return {
    async find(id) {
      const held = waiting.find(id);
      if (held !== undefined) return held.record;
      return db.selectFrom("sessions").select(SESSION_COLUMNS).where("id", "=", id).executeTakeFirst();
    },

    async hasBeenFrom(userId, clientAddress, since) {
      const isIt = ({ record }: WaitingSession) =>
        record.userId === userId && record.clientAddress === clientAddress && record.connectedAt >= since;
      if (waiting.unwritten().some(isIt)) return true;
      const row = await db
        .selectFrom("sessions")
        .select("seq")
        .where("userId", "=", userId)
        .where("clientAddress", "=", clientAddress)
        .where("connectedAt", ">=", since)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    inMemory: () => waiting.all(),

    async list(page) {
      const before = pages.after(page) ?? Number.POSITIVE_INFINITY;
      const { user, userId, limit } = page;
      let query = db
        .selectFrom("sessions")
        .select(["seq", ...SESSION_COLUMNS])
        .orderBy("seq", "desc")
        .limit(limit + 1);
      if (before < Number.POSITIVE_INFINITY) query = query.where("seq", "<", before);
      if (user !== undefined) query = query.where("userKey", "=", historyKey(user));
      if (userId !== undefined) query = query.where("userId", "=", userId);
      const stored = (await query.execute()).map(({ seq, ...record }) => ({ seq, record }));
      const fits = waiting
        .unwritten()
        .filter(
          ({ seq, record }) =>
            seq < before &&
            (user === undefined || historyKey(record.user) === historyKey(user)) &&
            (userId === undefined || record.userId === userId),
        );
      return pages.cut(merged(fits, stored, limit + 1), page, ({ record }) => record);
    },
  };
}
