import { sql } from "kysely";
import type { Db } from "../database.ts";
import { historyKey } from "../name-keys.ts";
import { foldRefused } from "./folding.ts";
import type { WaitingAttempt } from "./waiting-attempts.ts";
import { isRefused } from "./waiting-attempts.ts";
import type { WaitingSession } from "./waiting-sessions.ts";

/** What one transaction writes. */
export interface RecordBatch {
  readonly attempts: readonly WaitingAttempt[];
  readonly sessions: readonly WaitingSession[];
  /** Now, by the wall clock. */
  readonly at: string;
}

/**
 * Writes all of it or nothing. Writing the same again changes nothing: an error may come from a transaction
 * that has been committed.
 */
export async function writeRecords(db: Db, { attempts, sessions, at }: RecordBatch): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (attempts.length > 0) await writeAttempts(transaction, attempts);
    await foldRefused(
      transaction,
      attempts.filter(({ record }) => isRefused(record)),
    );
    const whole = sessions.filter(({ dirty }) => dirty === "all");
    if (whole.length > 0) {
      await writeSessions(transaction, whole);
      await writeLastLogIns(transaction, whole);
    }
    const counters = sessions.filter(({ dirty }) => dirty === "counters");
    if (counters.length > 0) await writeCounters(transaction, counters);
    await sql`INSERT INTO heartbeat (id, at) VALUES (1, ${at}) ON CONFLICT (id) DO UPDATE SET at = excluded.at`.execute(
      transaction,
    );
  });
}

/** An empty trace stands for one that is written already. */
async function writeAttempts(db: Db, attempts: readonly WaitingAttempt[]): Promise<void> {
  const rows = attempts.map(({ seq, record, userKey, trace = "" }) => ({ ...record, seq, userKey, trace }));
  await sql`INSERT INTO attempts (
      seq, id, started_at, ended_at, client_address, user, user_key, user_id, session_id, verdict, evidence, setup_ms,
      count, first_at, last_times, trace
    ) SELECT
      value ->> 'seq', value ->> 'id', value ->> 'startedAt', value ->> 'endedAt', value ->> 'clientAddress',
      value ->> 'user', value ->> 'userKey', value ->> 'userId', value ->> 'sessionId', value ->> 'verdict',
      value ->> 'evidence',
      value ->> 'setupMs', value ->> 'count', value ->> 'firstAt', value -> 'lastTimes', value ->> 'trace'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET
      ended_at = excluded.ended_at, user = excluded.user, user_key = excluded.user_key,
      user_id = excluded.user_id,
      session_id = excluded.session_id, verdict = excluded.verdict, evidence = excluded.evidence,
      setup_ms = excluded.setup_ms, count = excluded.count, first_at = excluded.first_at,
      last_times = excluded.last_times,
      trace = CASE excluded.trace WHEN '' THEN attempts.trace ELSE excluded.trace END`.execute(db);
}

async function writeSessions(db: Db, sessions: readonly WaitingSession[]): Promise<void> {
  const rows = sessions.map(({ seq, record }) => ({ ...record, seq, userKey: historyKey(record.user) }));
  await sql`INSERT INTO sessions (
      seq, id, attempt_id, user_id, user, user_key, client_address, assigned_address, encryption, mtu, connected_at,
      disconnected_at, end_reason, rx_bytes, tx_bytes, rx_packets, tx_packets, pool, group_id, group_name,
      last_activity, computer_name, client_kind, link
    ) SELECT
      value ->> 'seq', value ->> 'id', value ->> 'attemptId', value ->> 'userId', value ->> 'user',
      value ->> 'userKey',
      value ->> 'clientAddress', value ->> 'assignedAddress', value ->> 'encryption', value ->> 'mtu',
      value ->> 'connectedAt', value ->> 'disconnectedAt', value ->> 'endReason', value ->> 'rxBytes',
      value ->> 'txBytes', value ->> 'rxPackets', value ->> 'txPackets', value ->> 'pool', value ->> 'groupId',
      value ->> 'groupName', value ->> 'lastActivity', value ->> 'computerName', value ->> 'clientKind',
      value ->> 'link'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET
      disconnected_at = excluded.disconnected_at, end_reason = excluded.end_reason,
      rx_bytes = excluded.rx_bytes, tx_bytes = excluded.tx_bytes,
      rx_packets = excluded.rx_packets, tx_packets = excluded.tx_packets,
      last_activity = excluded.last_activity, computer_name = excluded.computer_name,
      client_kind = excluded.client_kind, link = excluded.link`.execute(db);
}

/** Of each user, the newest of these; not before one that is known. Who is known already is not written. */
async function writeLastLogIns(db: Db, sessions: readonly WaitingSession[]): Promise<void> {
  const records = sessions
    .map(({ record }) => record)
    .sort((a, b) => (a.connectedAt < b.connectedAt ? -1 : 1));
  const news = new Map(records.map((record) => [record.userId, record]));
  const rows = [...news.values()].map(({ userId, connectedAt, clientAddress, id }) => ({
    userId,
    connectedAt,
    clientAddress,
    id,
  }));
  await sql`UPDATE users SET
      last_log_in_at = news.value ->> 'connectedAt', last_log_in_address = news.value ->> 'clientAddress',
      last_log_in_session = news.value ->> 'id'
    FROM json_each(${JSON.stringify(rows)}) AS news
    WHERE users.id = news.value ->> 'userId'
      AND coalesce(users.last_log_in_at, '') < news.value ->> 'connectedAt'`.execute(db);
}

async function writeCounters(db: Db, sessions: readonly WaitingSession[]): Promise<void> {
  const news = JSON.stringify(sessions.map(({ record }) => record));
  await sql`UPDATE sessions SET
      rx_bytes = news.value ->> 'rxBytes', tx_bytes = news.value ->> 'txBytes',
      rx_packets = news.value ->> 'rxPackets', tx_packets = news.value ->> 'txPackets',
      last_activity = news.value ->> 'lastActivity'
    FROM json_each(${news}) AS news
    WHERE sessions.id = news.value ->> 'id'`.execute(db);
}
