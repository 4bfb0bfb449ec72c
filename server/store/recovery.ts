import type { Db } from "./database.ts";

/**
 * Closes what a process that died left open. Sessions keep the counters of their last interim record; an attempt that
 * had a verdict keeps it. Both or neither: one transaction.
 */
export function recover(db: Db, reason: string, at: string): Promise<{ sessions: number; attempts: number }> {
  return db.transaction().execute(async (transaction) => {
    const sessions = await transaction
      .updateTable("sessions")
      .set({ disconnectedAt: at, endReason: reason })
      .where("disconnectedAt", "is", null)
      .executeTakeFirstOrThrow();
    const undecided = await transaction
      .updateTable("attempts")
      .set({
        endedAt: at,
        verdict: reason,
        evidence: "pacd stopped before this dial had come to an end.",
      })
      .where("endedAt", "is", null)
      .where("verdict", "=", "in-progress")
      .executeTakeFirstOrThrow();
    const decided = await transaction
      .updateTable("attempts")
      .set({ endedAt: at })
      .where("endedAt", "is", null)
      .executeTakeFirstOrThrow();
    return {
      sessions: Number(sessions.numUpdatedRows),
      attempts: Number(undecided.numUpdatedRows + decided.numUpdatedRows),
    };
  });
}
