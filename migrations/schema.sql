CREATE TABLE about (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  written_by TEXT NOT NULL,
  backed_up_at TEXT
) STRICT;

CREATE TABLE administrators (
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
) STRICT;

CREATE TABLE answers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL,
  at TEXT NOT NULL,
  sealed BLOB NOT NULL,
  UNIQUE (actor, key)
) STRICT;

CREATE TABLE attempts (
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
) STRICT;

CREATE INDEX attempts_by_client_address ON attempts (client_address, started_at);

CREATE INDEX attempts_by_time ON attempts (started_at);

CREATE INDEX attempts_by_user ON attempts (user_key, started_at);

CREATE INDEX attempts_by_user_id ON attempts (user_id, started_at);

CREATE INDEX attempts_by_verdict ON attempts (verdict, started_at);

CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL;

CREATE INDEX attempts_refused ON attempts (client_address, verdict, user_key, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL;

CREATE INDEX attempts_refused_known ON attempts (client_address, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NOT NULL;

CREATE INDEX attempts_refused_unknown ON attempts (client_address, seq)
  WHERE session_id IS NULL AND ended_at IS NOT NULL AND user_id IS NULL;

CREATE INDEX attempts_up ON attempts (seq) WHERE session_id IS NOT NULL AND ended_at IS NOT NULL;

CREATE TABLE audit (
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
) STRICT;

CREATE INDEX audit_by_action ON audit (action, at);

CREATE INDEX audit_by_actor ON audit (actor_key, at);

CREATE INDEX audit_by_actor_kind ON audit (actor_kind, at);

CREATE INDEX audit_by_address ON audit (address, at);

CREATE INDEX audit_by_request ON audit (request_id);

CREATE INDEX audit_by_result ON audit (result, at);

CREATE INDEX audit_by_target ON audit (target_key, at);

CREATE INDEX audit_by_target_id ON audit (target_id, at);

CREATE INDEX audit_by_target_kind ON audit (target_kind, at);

CREATE INDEX audit_by_time ON audit (at);

CREATE TABLE canaries (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  type TEXT NOT NULL,
  user_key TEXT,
  group_key TEXT,
  client_address TEXT,
  assigned_address TEXT,
  data TEXT NOT NULL CHECK (json_type(data) = 'object')
) STRICT;

CREATE TABLE groups (
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
) STRICT;

CREATE TABLE heartbeat (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
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
, user_key TEXT, pool TEXT, group_id TEXT, group_name TEXT, last_activity TEXT, computer_name TEXT, client_kind TEXT, link TEXT CHECK (json_type(link) = 'object')) STRICT;

CREATE INDEX sessions_by_address ON sessions (user_id, client_address, connected_at);

CREATE INDEX sessions_by_assigned_address ON sessions (assigned_address, connected_at);

CREATE INDEX sessions_by_client_address ON sessions (client_address, connected_at);

CREATE INDEX sessions_by_end_reason ON sessions (end_reason, connected_at);

CREATE INDEX sessions_by_group ON sessions (group_id, connected_at) WHERE group_id IS NOT NULL;

CREATE INDEX sessions_by_group_name ON sessions (group_name, connected_at) WHERE group_id IS NOT NULL;

CREATE INDEX sessions_by_pool ON sessions (pool, connected_at) WHERE pool IS NOT NULL;

CREATE INDEX sessions_by_time ON sessions (connected_at);

CREATE INDEX sessions_by_user ON sessions (user_key, connected_at);

CREATE INDEX sessions_by_user_id ON sessions (user_id, connected_at);

CREATE INDEX sessions_long ON sessions (disconnected_at, connected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1;

CREATE INDEX sessions_long_by_assigned_address ON sessions (assigned_address, disconnected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1;

CREATE INDEX sessions_long_by_client_address ON sessions (client_address, disconnected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1;

CREATE INDEX sessions_long_by_user ON sessions (user_key, disconnected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1;

CREATE INDEX sessions_long_by_user_id ON sessions (user_id, disconnected_at)
  WHERE julianday(disconnected_at) - julianday(connected_at) >= 1;

CREATE INDEX sessions_open ON sessions (seq) WHERE disconnected_at IS NULL;

CREATE INDEX sessions_weak ON sessions (connected_at) WHERE encryption != 'mppe-128-stateless';

CREATE TABLE tokens (
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
) STRICT;

CREATE INDEX tokens_by_administrator ON tokens (administrator_id);

CREATE TABLE users (
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
  password BLOB, group_id TEXT REFERENCES groups (id), own TEXT NOT NULL DEFAULT '[]' CHECK (json_type(own) = 'array'), comment TEXT NOT NULL DEFAULT '', labels TEXT NOT NULL DEFAULT '{}' CHECK (json_type(labels) = 'object'), last_log_in_at TEXT, last_log_in_address TEXT, last_log_in_session TEXT, revision INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT users_name UNIQUE (name_key, name_rank),
  CONSTRAINT users_validity CHECK (valid_from < valid_until)
) STRICT;

CREATE INDEX users_by_creation ON users (created_at, name);

CREATE INDEX users_by_group ON users (group_id, name);

CREATE INDEX users_by_last_log_in ON users (coalesce(last_log_in_at, ''), name);

CREATE INDEX users_by_password_end ON users (coalesce(password_expires_at, ''), name);

CREATE INDEX users_disabled ON users (name) WHERE enabled = 0;

CREATE INDEX users_labelled ON users (name) WHERE labels <> '{}';

CREATE INDEX users_without_encryption ON users (name) WHERE encryption = 'optional';

CREATE TABLE webhook_deliveries (
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
) STRICT;

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, seq);

CREATE TABLE webhooks (
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
) STRICT;
