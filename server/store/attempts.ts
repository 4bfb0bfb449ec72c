import type { Db } from "./database.ts";
import { historyKey } from "./name-keys.ts";
import { isSeq, pager } from "./paging.ts";
import type { AttemptRepository, TraceEntry } from "./store-types.ts";

/** Ours: forgetting many at a time is cheaper, forgetting more than this is felt by the login that pays for it. */
const MAX_PRUNE_BATCH = 32;

const SUMMARY = [
  "id",
  "startedAt",
  "endedAt",
  "clientAddress",
  "user",
  "userId",
  "sessionId",
  "verdict",
  "evidence",
  "setupMs",
] as const;

const pages = pager("attempts", isSeq, (row: { readonly seq: number }) => row.seq);

/**
 * Dial attempts. The newest `keep` stay, and up to a tenth more (32 at most) until the next pruning; attempts that
 * have not ended stay however old they are. An update of an attempt that is unknown changes nothing.
 */
export function attemptRepository(db: Db, keep: number): AttemptRepository {
  const batch = Math.min(MAX_PRUNE_BATCH, Math.ceil(keep / 10));

  /** `seq` counts inserts, so age needs no counting. Twice the batch: catches up after `keep` was lowered. */
  async function prune(newest: number): Promise<void> {
    const old = db
      .selectFrom("attempts")
      .select("seq")
      .where("seq", "<=", newest - keep)
      .where("endedAt", "is not", null)
      .orderBy("seq")
      .limit(2 * batch);
    await db.deleteFrom("attempts").where("seq", "in", old).execute();
  }

  return {
    async begin({ id, startedAt, clientAddress }) {
      const { insertId } = await db
        .insertInto("attempts")
        .values({
          id,
          startedAt,
          endedAt: null,
          clientAddress,
          user: null,
          userKey: null,
          userId: null,
          sessionId: null,
          verdict: "in-progress",
          evidence: "",
          setupMs: null,
          trace: "[]",
        })
        .executeTakeFirstOrThrow();
      const seq = Number(insertId);
      if (seq > keep && seq % batch === 0) await prune(seq);
    },

    async update(id, { endedAt, user, userId, sessionId, verdict, evidence, setupMs, trace }) {
      const values = {
        endedAt,
        user,
        userKey: typeof user === "string" ? historyKey(user) : user,
        userId,
        sessionId,
        verdict,
        evidence,
        setupMs,
        trace: trace && JSON.stringify(trace),
      };
      if (Object.values(values).every((value) => value === undefined)) return;
      await db.updateTable("attempts").set(values).where("id", "=", id).execute();
    },

    async find(id) {
      const row = await db
        .selectFrom("attempts")
        .select([...SUMMARY, "trace"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row && { ...row, trace: JSON.parse(row.trace) as TraceEntry[] };
    },

    async list(page) {
      const before = pages.after(page);
      let query = db
        .selectFrom("attempts")
        .select(["seq", ...SUMMARY])
        .orderBy("seq", "desc")
        .limit(page.limit + 1);
      if (before !== undefined) query = query.where("seq", "<", before);
      if (page.user !== undefined) query = query.where("userKey", "=", historyKey(page.user));
      if (page.userId !== undefined) query = query.where("userId", "=", page.userId);
      if (page.address !== undefined) query = query.where("clientAddress", "=", page.address);
      return pages.cut(await query.execute(), page, ({ seq: _, ...attempt }) => attempt);
    },
  };
}
