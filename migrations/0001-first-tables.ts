import { type Kysely, sql } from "kysely";

/** Users, accounting records, dial attempts, API tokens and the canary of the secret key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/**
 * Sessions and attempts are a history: they outlive the user and one another, so no foreign key ties them.
 * Their `seq` gives newest-first pages that stay put while rows are added. `trace` stands last, since lists
 * never read it.
 */
const STATEMENTS = [
  `CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  static_address TEXT UNIQUE,
  nt_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT`,
  `CREATE TABLE sessions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  attempt_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user TEXT NOT NULL COLLATE NOCASE,
  client_address TEXT NOT NULL,
  assigned_address TEXT NOT NULL,
  encryption TEXT NOT NULL,
  mtu INTEGER NOT NULL,
  connected_at TEXT NOT NULL,
  disconnected_at TEXT,
  end_reason TEXT,
  rx_bytes INTEGER NOT NULL DEFAULT 0,
  tx_bytes INTEGER NOT NULL DEFAULT 0,
  rx_packets INTEGER NOT NULL DEFAULT 0,
  tx_packets INTEGER NOT NULL DEFAULT 0
) STRICT`,
  "CREATE INDEX sessions_by_user ON sessions (user, seq)",
  "CREATE INDEX sessions_open ON sessions (seq) WHERE disconnected_at IS NULL",
  `CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  client_address TEXT NOT NULL,
  user TEXT COLLATE NOCASE,
  session_id TEXT,
  verdict TEXT NOT NULL,
  evidence TEXT NOT NULL,
  setup_ms REAL,
  trace TEXT NOT NULL
) STRICT`,
  "CREATE INDEX attempts_by_user ON attempts (user, seq)",
  "CREATE INDEX attempts_by_client_address ON attempts (client_address, seq)",
  "CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL",
  `CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT`,
  `CREATE TABLE canaries (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT`,
];
