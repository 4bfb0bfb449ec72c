import { sql } from "kysely";
import type { Db } from "../database.ts";
import type { AttemptRecord } from "../store-types.ts";
import { MAX_PRUNE_BATCH } from "./limits.ts";
import { earlierOf, lastTimesOf, type WaitingAttempt } from "./waiting-attempts.ts";

type Refused = Pick<WaitingAttempt, "record" | "userKey">;

/**
 * Folds refused dials that have just come on record. Few have one to fold with: which, is asked once for all
 * of them.
 */
export async function foldRefused(db: Db, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return;
  const keys = refused.map(({ record: { id, clientAddress, verdict, userId }, userKey }) => ({
    id,
    clientAddress,
    verdict,
    userKey,
    userId,
  }));
  const { rows } = await sql<{ id: string }>`SELECT value ->> 'id' AS id
    FROM json_each(${JSON.stringify(keys)})
    WHERE EXISTS (
      SELECT 1 FROM attempts
      WHERE client_address = value ->> 'clientAddress' AND verdict = value ->> 'verdict'
        AND user_key IS value ->> 'userKey' AND user_id IS value ->> 'userId' AND session_id IS NULL AND ended_at IS NOT NULL AND id != value ->> 'id'
    )`.execute(db);
  const repeated = new Set(rows.map(({ id }) => id));
  for (const one of refused) if (repeated.has(one.record.id)) await fold(db, one);
}

/**
 * A refused dial takes over the newest earlier one of the same name and user, address and verdict: how often,
 * since when, and the last times. The latest dial is the one that stays, with its trace, where the list shows
 * it first.
 */
async function fold(db: Db, { record, userKey }: Refused): Promise<void> {
  const before = await db
    .selectFrom("attempts")
    .select(["id", "count", "firstAt", "lastTimes"])
    .where("clientAddress", "=", record.clientAddress)
    .where("verdict", "=", record.verdict)
    .where("userKey", "is", userKey)
    .where("userId", "is", record.userId)
    .where("sessionId", "is", null)
    .where("endedAt", "is not", null)
    .where("id", "!=", record.id)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (before === undefined) return;
  const lastTimes = lastTimesOf(record.lastTimes, JSON.parse(before.lastTimes) as string[]);
  await db
    .updateTable("attempts")
    .set({
      count: record.count + before.count,
      firstAt: earlierOf(record.firstAt, before.firstAt),
      lastTimes: JSON.stringify(lastTimes),
    })
    .where("id", "=", record.id)
    .execute();
  await db.deleteFrom("attempts").where("id", "=", before.id).execute();
}

/**
 * Kinds of dials of which so many each stay on record: those of one kind cannot push out those of another.
 */
export const ATTEMPT_KINDS = ["up", "refused-known", "refused-unknown"] as const;

export type AttemptKind = (typeof ATTEMPT_KINDS)[number];

/** Which kind an ended dial is of: it came up; it was refused under a user's name; or it had no such name. */
export function kindOf({ sessionId, userId }: Pick<AttemptRecord, "sessionId" | "userId">): AttemptKind {
  if (sessionId !== null) return "up";
  return userId === null ? "refused-unknown" : "refused-known";
}

const WHICH = {
  up: sql`session_id IS NOT NULL AND ended_at IS NOT NULL`,
  "refused-known": sql`session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NOT NULL`,
  "refused-unknown": sql`session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NULL`,
} as const;

/**
 * Forgets what is beyond `keep` of one kind, some at a time. Dials that came up go oldest first. Of refused
 * ones the address goes first that has the most on record, its oldest first: however much some addresses
 * fill, the one dial of another stays.
 */
export async function pruneKind(db: Db, kind: AttemptKind, keep: number): Promise<void> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM attempts WHERE ${WHICH[kind]}`.execute(db);
  const excess = Math.min(rows[0]!.count - keep, 2 * MAX_PRUNE_BATCH);
  if (excess <= 0) return;
  const oldest =
    kind === "up"
      ? sql`SELECT seq FROM attempts WHERE ${WHICH[kind]} ORDER BY seq LIMIT ${excess}`
      : sql`SELECT seq FROM (
          SELECT seq, row_number() OVER (PARTITION BY client_address ORDER BY seq DESC) AS place
          FROM attempts WHERE ${WHICH[kind]}
        ) ORDER BY place DESC, seq LIMIT ${excess}`;
  await sql`DELETE FROM attempts WHERE seq IN (${oldest})`.execute(db);
}
