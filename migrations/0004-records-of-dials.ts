import { type Kysely, sql } from "kysely";

/** Refused dials fold into one row, dials have rooms of their own, and the time of the last write is kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/**
 * Nothing that is on record is folded or lost by the step itself. `heartbeat` has one row: when a record was
 * last written, which is how long what a kill left open is known to have lasted.
 */
const STATEMENTS = [
  "ALTER TABLE attempts RENAME TO attempts_before",
  "DROP INDEX attempts_by_user",
  "DROP INDEX attempts_by_user_id",
  "DROP INDEX attempts_by_client_address",
  "DROP INDEX attempts_open",
  `CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  client_address TEXT NOT NULL,
  user TEXT COLLATE NOCASE,
  user_key TEXT,
  user_id TEXT,
  session_id TEXT,
  verdict TEXT NOT NULL,
  evidence TEXT NOT NULL,
  setup_ms REAL,
  count INTEGER NOT NULL CHECK (count > 0),
  first_at TEXT NOT NULL,
  last_times TEXT NOT NULL CHECK (json_type(last_times) = 'array'),
  trace TEXT NOT NULL
) STRICT`,
  // The numbers go on where they were, also where the newest dials are on record no more.
  "INSERT INTO sqlite_sequence (name, seq) SELECT 'attempts', seq FROM sqlite_sequence WHERE name = 'attempts_before'",
  `INSERT INTO attempts (
  seq, id, started_at, ended_at, client_address, user, user_key, user_id, session_id, verdict, evidence, setup_ms,
  count, first_at, last_times, trace
) SELECT
  seq, id, started_at, ended_at, client_address, user, user_key, user_id, session_id, verdict, evidence, setup_ms,
  1, started_at, json_array(started_at), trace
FROM attempts_before ORDER BY seq`,
  "DROP TABLE attempts_before",
  "CREATE INDEX attempts_by_user ON attempts (user_key, seq)",
  "CREATE INDEX attempts_by_user_id ON attempts (user_id, seq)",
  "CREATE INDEX attempts_by_client_address ON attempts (client_address, seq)",
  "CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL",
  "CREATE INDEX attempts_up ON attempts (seq) WHERE session_id IS NOT NULL AND ended_at IS NOT NULL",
  `CREATE INDEX attempts_refused_known ON attempts (client_address, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NOT NULL`,
  `CREATE INDEX attempts_refused_unknown ON attempts (client_address, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NULL`,
  `CREATE INDEX attempts_refused ON attempts (client_address, verdict, user_key, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL`,
  `CREATE TABLE heartbeat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at TEXT NOT NULL
) STRICT`,
];
