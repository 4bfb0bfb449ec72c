import { type Kysely, sql } from "kysely";

/**
 * A policy for each user, a password that can be read again where somebody asked for it, and when it was set.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/**
 * A table of its own instead of one ADD COLUMN after the other, so that the schema stays readable. Users keep
 * what they had and get no restriction. Lists are JSON arrays of texts. Times sort as texts, so SQLite can
 * compare them. `nt_hash` holds one sealed hash or two; `password` is sealed too. Both stand last: only a
 * login reads them.
 */
const STATEMENTS = [
  "ALTER TABLE users RENAME TO users_before",
  `CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
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
  CONSTRAINT users_validity CHECK (valid_from < valid_until)
) STRICT`,
  `INSERT INTO users (
  id, name, enabled, allowed_hours, allowed_sources, static_address, encryption, when_exceeded, allowed_destinations,
  password_changed_at, created_at, updated_at, nt_hash
) SELECT
  id, name, enabled, '[]', '[]', static_address, 'required', 'deny', '[]',
  updated_at, created_at, updated_at, nt_hash
FROM users_before`,
  "DROP TABLE users_before",
  "CREATE INDEX users_without_encryption ON users (name) WHERE encryption = 'optional'",
];
