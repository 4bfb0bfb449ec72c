import { type Kysely, sql } from "kysely";

/** Administrators, tokens with roles, and the audit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS: readonly string[] = [
  `CREATE TABLE administrators (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  name_key TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  password_changed_at TEXT NOT NULL,
  last_log_in_at TEXT,
  last_log_in_address TEXT
) STRICT`,
  "ALTER TABLE tokens RENAME TO tokens_before",
  // A token of before has no ID but its name, which nobody can change.
  `CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  name TEXT UNIQUE,
  administrator_id TEXT REFERENCES administrators (id) ON DELETE CASCADE,
  hash BLOB NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  sources TEXT NOT NULL CHECK (json_type(sources) = 'array'),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at TEXT,
  last_used_at TEXT,
  last_used_address TEXT,
  CHECK ((name IS NULL) <> (administrator_id IS NULL))
) STRICT`,
  `INSERT INTO tokens (id, name, hash, role, sources, created_at, created_by)
  SELECT name, name, hash, 'admin', '[]', created_at, 'pacd' FROM tokens_before`,
  "DROP TABLE tokens_before",
  "CREATE INDEX tokens_by_administrator ON tokens (administrator_id)",
  `CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  actor_kind TEXT NOT NULL,
  actor TEXT,
  actor_key TEXT,
  actor_id TEXT,
  role TEXT,
  address TEXT,
  pid INTEGER,
  request_id TEXT,
  action TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target TEXT,
  target_key TEXT,
  target_id TEXT,
  before TEXT CHECK (json_type(before) = 'object'),
  after TEXT CHECK (json_type(after) = 'object'),
  effects TEXT CHECK (json_type(effects) = 'object'),
  result TEXT NOT NULL CHECK (result IN ('done', 'refused', 'failed')),
  status INTEGER,
  code TEXT
) STRICT`,
  "CREATE INDEX audit_by_time ON audit (at)",
  "CREATE INDEX audit_by_actor ON audit (actor_key, at)",
  "CREATE INDEX audit_by_actor_kind ON audit (actor_kind, at)",
  "CREATE INDEX audit_by_action ON audit (action, at)",
  "CREATE INDEX audit_by_target ON audit (target_key, at)",
  "CREATE INDEX audit_by_target_id ON audit (target_id, at)",
  "CREATE INDEX audit_by_target_kind ON audit (target_kind, at)",
  "CREATE INDEX audit_by_address ON audit (address, at)",
  "CREATE INDEX audit_by_result ON audit (result, at)",
  "CREATE INDEX audit_by_request ON audit (request_id)",
];
