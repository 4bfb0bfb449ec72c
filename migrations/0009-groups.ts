import { type Kysely, sql } from "kysely";

/** Groups whose policy users inherit; comment, labels and the last log-in of users. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/**
 * In `groups` null is what the group does not decide. `users.own` names what was decided for the user, of
 * what a group can decide; every other column of that kind holds what applies to whoever nothing was decided
 * about.
 */
const STATEMENTS: readonly string[] = [
  `CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name_key TEXT NOT NULL UNIQUE,
  comment TEXT NOT NULL,
  enabled INTEGER CHECK (enabled IN (0, 1)),
  valid_from TEXT,
  valid_until TEXT,
  allowed_hours TEXT CHECK (json_type(allowed_hours) = 'array'),
  allowed_sources TEXT CHECK (json_type(allowed_sources) = 'array'),
  pool TEXT,
  dns TEXT CHECK (json_type(dns) = 'array'),
  encryption TEXT CHECK (encryption IN ('required', 'optional')),
  session_timeout INTEGER CHECK (session_timeout > 0),
  idle_timeout INTEGER CHECK (idle_timeout > 0),
  max_sessions INTEGER CHECK (max_sessions > 0),
  when_exceeded TEXT CHECK (when_exceeded IN ('deny', 'replace')),
  rate_up INTEGER CHECK (rate_up > 0),
  rate_down INTEGER CHECK (rate_down > 0),
  allowed_destinations TEXT CHECK (json_type(allowed_destinations) = 'array'),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT groups_validity CHECK (valid_from < valid_until)
) STRICT`,
  "ALTER TABLE users ADD COLUMN group_id TEXT REFERENCES groups (id)",
  "ALTER TABLE users ADD COLUMN own TEXT NOT NULL DEFAULT '[]' CHECK (json_type(own) = 'array')",
  "ALTER TABLE users ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
  "ALTER TABLE users ADD COLUMN labels TEXT NOT NULL DEFAULT '{}' CHECK (json_type(labels) = 'object')",
  "ALTER TABLE users ADD COLUMN last_log_in_at TEXT",
  "ALTER TABLE users ADD COLUMN last_log_in_address TEXT",
  "ALTER TABLE users ADD COLUMN last_log_in_session TEXT",
  "CREATE INDEX users_by_group ON users (group_id, name)",
  "CREATE INDEX users_disabled ON users (name) WHERE enabled = 0",
  "CREATE INDEX users_by_creation ON users (created_at, name)",
  "CREATE INDEX users_by_last_log_in ON users (coalesce(last_log_in_at, ''), name)",
  "CREATE INDEX users_by_password_end ON users (coalesce(password_expires_at, ''), name)",
  "CREATE INDEX users_labelled ON users (name) WHERE labels <> '{}'",
  // What was decided for somebody goes on to be so, whatever a group says.
  `UPDATE users SET own = (SELECT json_group_array(value) FROM json_each(json_array(
  CASE WHEN enabled = 0 THEN 'enabled' END,
  CASE WHEN valid_from IS NOT NULL THEN 'validFrom' END,
  CASE WHEN valid_until IS NOT NULL THEN 'validUntil' END,
  CASE WHEN allowed_hours <> '[]' THEN 'allowedHours' END,
  CASE WHEN allowed_sources <> '[]' THEN 'allowedSources' END,
  CASE WHEN pool IS NOT NULL THEN 'pool' END,
  CASE WHEN dns IS NOT NULL THEN 'dns' END,
  CASE WHEN encryption <> 'required' THEN 'encryption' END,
  CASE WHEN session_timeout IS NOT NULL THEN 'sessionTimeout' END,
  CASE WHEN idle_timeout IS NOT NULL THEN 'idleTimeout' END,
  CASE WHEN max_sessions IS NOT NULL THEN 'maxSessions' END,
  CASE WHEN when_exceeded <> 'deny' THEN 'whenExceeded' END,
  CASE WHEN rate_up IS NOT NULL THEN 'rateUp' END,
  CASE WHEN rate_down IS NOT NULL THEN 'rateDown' END,
  CASE WHEN allowed_destinations <> '[]' THEN 'allowedDestinations' END
)) WHERE value IS NOT NULL)`,
  `UPDATE users SET (last_log_in_at, last_log_in_address, last_log_in_session) = (
  SELECT connected_at, client_address, id FROM sessions WHERE user_id = users.id ORDER BY seq DESC LIMIT 1
)`,
  // How often the user was changed: what a client has read is still so where that is the same.
  "ALTER TABLE users ADD COLUMN revision INTEGER NOT NULL DEFAULT 1",
  // Answers to requests that had a key, for whoever sends one of them again.
  `CREATE TABLE answers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL,
  at TEXT NOT NULL,
  sealed BLOB NOT NULL,
  UNIQUE (actor, key)
) STRICT`,
];
