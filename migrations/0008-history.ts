import { type Kysely, sql } from "kysely";

/** What is looked for in the history of sessions and dials. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/**
 * Lists go by the time at which a session or dial began, so each index ends with that. Sessions that lasted a
 * day or longer have indexes of their own, by their end: who looks for what was up at some time looks there
 * for those, and among all others no further back than a day. Columns are added, and no row is written anew:
 * a million sessions are upgraded in seconds.
 */
const STATEMENTS: readonly string[] = [
  "ALTER TABLE sessions ADD COLUMN pool TEXT",
  "ALTER TABLE sessions ADD COLUMN group_id TEXT",
  "ALTER TABLE sessions ADD COLUMN group_name TEXT",
  "DROP INDEX sessions_by_user",
  "DROP INDEX sessions_by_user_id",
  "CREATE INDEX sessions_by_time ON sessions (connected_at)",
  "CREATE INDEX sessions_by_user ON sessions (user_key, connected_at)",
  "CREATE INDEX sessions_by_user_id ON sessions (user_id, connected_at)",
  "CREATE INDEX sessions_by_client_address ON sessions (client_address, connected_at)",
  "CREATE INDEX sessions_by_assigned_address ON sessions (assigned_address, connected_at)",
  "CREATE INDEX sessions_by_end_reason ON sessions (end_reason, connected_at)",
  "CREATE INDEX sessions_by_pool ON sessions (pool, connected_at) WHERE pool IS NOT NULL",
  "CREATE INDEX sessions_by_group ON sessions (group_id, connected_at) WHERE group_id IS NOT NULL",
  "CREATE INDEX sessions_by_group_name ON sessions (group_name, connected_at) WHERE group_id IS NOT NULL",
  "CREATE INDEX sessions_weak ON sessions (connected_at) WHERE encryption != 'mppe-128-stateless'",
  `CREATE INDEX sessions_long ON sessions (disconnected_at, connected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1`,
  ...["user_key", "user_id", "client_address", "assigned_address"].map(
    (
      column,
    ) => `CREATE INDEX sessions_long_by_${column.replace("_key", "")} ON sessions (${column}, disconnected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1`,
  ),
  "DROP INDEX attempts_by_user",
  "DROP INDEX attempts_by_user_id",
  "DROP INDEX attempts_by_client_address",
  "CREATE INDEX attempts_by_time ON attempts (started_at)",
  "CREATE INDEX attempts_by_user ON attempts (user_key, started_at)",
  "CREATE INDEX attempts_by_user_id ON attempts (user_id, started_at)",
  "CREATE INDEX attempts_by_client_address ON attempts (client_address, started_at)",
  "CREATE INDEX attempts_by_verdict ON attempts (verdict, started_at)",
  "ALTER TABLE sessions ADD COLUMN last_activity TEXT",
  "ALTER TABLE sessions ADD COLUMN computer_name TEXT",
  "ALTER TABLE sessions ADD COLUMN client_kind TEXT",
  "ALTER TABLE sessions ADD COLUMN link TEXT CHECK (json_type(link) = 'object')",
];
