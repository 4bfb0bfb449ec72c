import { sql } from "kysely";
import type { Db } from "./database.ts";

/**
 * Closes what a process that died left open, as of the last record that it wrote: until then it lived, and
 * what became of it later nobody knows. Never before its own beginning, nor after `at`, which is now.
 * Sessions keep the counters of their last interim record; an attempt that had a verdict keeps it. All or
 * nothing: one transaction.
 */
export function recover(db: Db, reason: string, at: string): Promise<{ sessions: number; attempts: number }> {
  return db.transaction().execute(async (transaction) => {
    const heartbeat = await transaction.selectFrom("heartbeat").select("at").executeTakeFirst();
    const seen = heartbeat === undefined || heartbeat.at > at ? at : heartbeat.at;
    const sessions = await transaction
      .updateTable("sessions")
      .set({ disconnectedAt: sql<string>`max(connected_at, ${seen})`, endReason: reason })
      .where("disconnectedAt", "is", null)
      .executeTakeFirstOrThrow();
    const endedAt = sql<string>`max(started_at, ${seen})`;
    const undecided = await transaction
      .updateTable("attempts")
      .set({ endedAt, verdict: reason, evidence: "pacd stopped before this dial had come to an end." })
      .where("endedAt", "is", null)
      .where("verdict", "=", "in-progress")
      .executeTakeFirstOrThrow();
    const decided = await transaction
      .updateTable("attempts")
      .set({ endedAt })
      .where("endedAt", "is", null)
      .executeTakeFirstOrThrow();
    return {
      sessions: Number(sessions.numUpdatedRows),
      attempts: Number(undecided.numUpdatedRows + decided.numUpdatedRows),
    };
  });
}
