import { type Kysely, sql } from "kysely";

/** Events, and the web hooks that are told of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS: readonly string[] = [
  // Those that count are kept by number and age; what they are found by stands beside them.
  `CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  type TEXT NOT NULL,
  user_key TEXT,
  group_key TEXT,
  client_address TEXT,
  assigned_address TEXT,
  data TEXT NOT NULL CHECK (json_type(data) = 'object')
) STRICT`,
  `CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  description TEXT NOT NULL,
  url TEXT NOT NULL,
  allow_plain INTEGER NOT NULL CHECK (allow_plain IN (0, 1)),
  filter TEXT NOT NULL CHECK (json_type(filter) = 'object'),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  secret BLOB NOT NULL,
  cursor INTEGER NOT NULL,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  tried_since TEXT,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  next_at TEXT,
  failing_since TEXT,
  disabled_because TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT`,
  `CREATE TABLE webhook_deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id INTEGER,
  event_type TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  at TEXT NOT NULL,
  duration_ms REAL NOT NULL,
  status INTEGER,
  result TEXT NOT NULL CHECK (result IN ('delivered', 'failed', 'given-up')),
  detail TEXT NOT NULL
) STRICT`,
  "CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, seq)",
];
