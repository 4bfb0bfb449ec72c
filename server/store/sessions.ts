import { sql } from "kysely";
import { nextTurn } from "../platform/next-turn.ts";
import type { Db } from "./database.ts";
import { historyKey } from "./name-keys.ts";
import { isSeq, pager } from "./paging.ts";
import type { SessionRepository } from "./store-types.ts";

/** Ours: one statement for so many sessions blocks the event loop for about a millisecond. */
const PROGRESS_BATCH = 200;

const COLUMNS = [
  "id",
  "attemptId",
  "userId",
  "user",
  "clientAddress",
  "assignedAddress",
  "encryption",
  "mtu",
  "connectedAt",
  "disconnectedAt",
  "endReason",
  "rxBytes",
  "txBytes",
  "rxPackets",
  "txPackets",
] as const;

const pages = pager("sessions", isSeq, (row: { readonly seq: number }) => row.seq);

/** Accounting records. What comes for a session that is unknown or closed already changes nothing. */
export function sessionRepository(db: Db): SessionRepository {
  return {
    async open(session) {
      await db
        .insertInto("sessions")
        .values({ ...session, userKey: historyKey(session.user), disconnectedAt: null, endReason: null })
        .execute();
    },

    async progress(counters) {
      for (let from = 0; from < counters.length; from += PROGRESS_BATCH) {
        if (from > 0) await nextTurn();
        const batch = JSON.stringify(counters.slice(from, from + PROGRESS_BATCH));
        await sql`UPDATE sessions SET
            rx_bytes = news.value ->> 'rxBytes', tx_bytes = news.value ->> 'txBytes',
            rx_packets = news.value ->> 'rxPackets', tx_packets = news.value ->> 'txPackets'
          FROM json_each(${batch}) AS news
          WHERE sessions.id = news.value ->> 'id' AND sessions.disconnected_at IS NULL`.execute(db);
      }
    },

    async close(id, { at, reason, rxBytes, txBytes, rxPackets, txPackets }) {
      await db
        .updateTable("sessions")
        .set({ disconnectedAt: at, endReason: reason, rxBytes, txBytes, rxPackets, txPackets })
        .where("id", "=", id)
        .where("disconnectedAt", "is", null)
        .execute();
    },

    find(id) {
      return db.selectFrom("sessions").select(COLUMNS).where("id", "=", id).executeTakeFirst();
    },

    async hasBeenFrom(userId, clientAddress, since) {
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

    async list(page) {
      const before = pages.after(page);
      let query = db
        .selectFrom("sessions")
        .select(["seq", ...COLUMNS])
        .orderBy("seq", "desc")
        .limit(page.limit + 1);
      if (before !== undefined) query = query.where("seq", "<", before);
      if (page.user !== undefined) query = query.where("userKey", "=", historyKey(page.user));
      if (page.userId !== undefined) query = query.where("userId", "=", page.userId);
      return pages.cut(await query.execute(), page, ({ seq: _, ...session }) => session);
    },
  };
}
