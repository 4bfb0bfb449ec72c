import { type Kysely, sql } from "kysely";

/**
 * Names are compared by a key (RFC 8265), which is text that only pacd can make: it fills `name_key` and
 * `user_key` when it opens the database. Until then the key of a user is the name itself. Where two users
 * from before have one key, the second one has `name_rank` 1 and so on; whoever is new has 0, so nobody new
 * gets a name that is taken. `trace` still stands last: a list that reads what comes before it need not read
 * it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  "ALTER TABLE users RENAME TO users_before",
  "DROP INDEX users_without_encryption",
  `CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name_key TEXT NOT NULL,
  name_rank INTEGER NOT NULL CHECK (name_rank >= 0),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  valid_from TEXT,
  valid_until TEXT,
  allowed_hours TEXT NOT NULL CHECK (json_type(allowed_hours) = 'array'),
  allowed_sources TEXT NOT NULL CHECK (json_type(allowed_sources) = 'array'),
  static_address TEXT UNIQUE,
  pool TEXT,
  dns TEXT CHECK (json_type(dns) = 'array'),
  encryption TEXT NOT NULL CHECK (encryption IN ('required', 'optional')),
  session_timeout INTEGER CHECK (session_timeout > 0),
  idle_timeout INTEGER CHECK (idle_timeout > 0),
  max_sessions INTEGER CHECK (max_sessions > 0),
  when_exceeded TEXT NOT NULL CHECK (when_exceeded IN ('deny', 'replace')),
  rate_up INTEGER CHECK (rate_up > 0),
  rate_down INTEGER CHECK (rate_down > 0),
  allowed_destinations TEXT NOT NULL CHECK (json_type(allowed_destinations) = 'array'),
  password_expires_at TEXT,
  password_changed_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  nt_hash BLOB NOT NULL,
  password BLOB,
  CONSTRAINT users_name UNIQUE (name_key, name_rank),
  CONSTRAINT users_validity CHECK (valid_from < valid_until)
) STRICT`,
  `INSERT INTO users (
  id, name, name_key, name_rank, enabled, valid_from, valid_until, allowed_hours, allowed_sources, static_address, pool, dns, encryption,
  session_timeout, idle_timeout, max_sessions, when_exceeded, rate_up, rate_down, allowed_destinations,
  password_expires_at, password_changed_at, created_at, updated_at, nt_hash, password
) SELECT
  id, name, name, 0, enabled, valid_from, valid_until, allowed_hours, allowed_sources, static_address, pool, dns, encryption,
  session_timeout, idle_timeout, max_sessions, when_exceeded, rate_up, rate_down, allowed_destinations,
  password_expires_at, password_changed_at, created_at, updated_at, nt_hash, password
FROM users_before`,
  "DROP TABLE users_before",
  "CREATE INDEX users_without_encryption ON users (name) WHERE encryption = 'optional'",
  "ALTER TABLE sessions ADD COLUMN user_key TEXT",
  "DROP INDEX sessions_by_user",
  "CREATE INDEX sessions_by_user ON sessions (user_key, seq)",
  "CREATE INDEX sessions_by_user_id ON sessions (user_id, seq)",
  "DROP INDEX attempts_by_user",
  "DROP INDEX attempts_by_client_address",
  "DROP INDEX attempts_open",
  "ALTER TABLE attempts RENAME TO attempts_before",
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
  trace TEXT NOT NULL
) STRICT`,
  `INSERT INTO attempts (
  seq, id, started_at, ended_at, client_address, user, user_id, session_id, verdict, evidence, setup_ms, trace
) SELECT
  seq, id, started_at, ended_at, client_address, user,
  (SELECT user_id FROM sessions WHERE sessions.id = attempts_before.session_id),
  session_id, verdict, evidence, setup_ms, trace
FROM attempts_before`,
  "DROP TABLE attempts_before",
  "CREATE INDEX attempts_by_user ON attempts (user_key, seq)",
  "CREATE INDEX attempts_by_user_id ON attempts (user_id, seq)",
  "CREATE INDEX attempts_by_client_address ON attempts (client_address, seq)",
  "CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL",
];
