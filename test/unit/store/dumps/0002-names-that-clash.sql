-- Made by pacd 0.1 with the steps up to 0002. Users in the order of their making, with passwords "password 0" to "password 7":
-- three whose names are one by RFC 8265, one with a letter beyond ASCII, one with a space, two with signs that no new name may have, bo.
-- secret.key: cc5f67500ed3b01b63e227bcf48980f62943cfc620a653cd07932359118cc9ce
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO kysely_migration VALUES('0001-first-tables','2026-01-02T12:00:00.708Z');
INSERT INTO kysely_migration VALUES('0002-policy-per-user','2026-01-02T12:00:00.716Z');
CREATE TABLE IF NOT EXISTS "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO kysely_migration_lock VALUES('migration_lock',0);
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
) STRICT;
INSERT INTO sessions VALUES(1,'1','a1','2d48eee6-814b-4785-90ec-995897846ebd','René','198.51.100.7','10.77.0.20','mppe-128-stateless',1400,'2026-01-02T12:07:00.000Z',NULL,NULL,0,0,0,0);
CREATE TABLE attempts (
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
) STRICT;
INSERT INTO attempts VALUES(1,'a1','2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z','198.51.100.7','RENÉ','1','connected','As it was.',NULL,'[]');
INSERT INTO attempts VALUES(2,'a2','2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z','198.51.100.7','rené ',NULL,'bad-credentials','As it was.',NULL,'[]');
INSERT INTO attempts VALUES(3,'a3','2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z','198.51.100.7',NULL,NULL,'bad-credentials','As it was.',NULL,'[]');
INSERT INTO attempts VALUES(4,'a4','2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z','198.51.100.7','bo',NULL,'bad-credentials','As it was.',NULL,'[]');
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE canaries (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
INSERT INTO canaries VALUES('secret-key',X'018ca11df607fa67cb6bd5348ac9656b03fef6a87d2af6c58b6439e0b6478a9d19cf2fbe0da622c9221bca9811');
CREATE TABLE users (
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
) STRICT;
INSERT INTO users VALUES('c4e0bd19-a8c5-4e19-8714-418e0ee1e817','Änna',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z',X'01fff82119d3ccf588f1cd6190d5fbd1a168754a04cb07d4d6d7afd369ea31cb1e2fda27fd618464488403fd69',NULL);
INSERT INTO users VALUES('1849573c-af17-41d1-9dd4-eb4e612024fd','änna',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:01:00.000Z','2026-01-02T12:01:00.000Z','2026-01-02T12:01:00.000Z',X'01a0ed3844c656b1bc409c61fcf27f6480b951654b81d148da9f3a73f33b23401bee79f31478bc245a169b2fe5',NULL);
INSERT INTO users VALUES('2d0417a0-2521-4542-a882-08c38c2970b8','änna',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:02:00.000Z','2026-01-02T12:02:00.000Z','2026-01-02T12:02:00.000Z',X'01d7133b108a33859900545b0afa8fd91b8cbb043474fdc084c16d7a6aaa9f10cc53620795c9d273c4f134b57d',NULL);
INSERT INTO users VALUES('2d48eee6-814b-4785-90ec-995897846ebd','René',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:03:00.000Z','2026-01-02T12:03:00.000Z','2026-01-02T12:03:00.000Z',X'01995197664e0f8ad7c64198acce99ac57bf9183f94d7552704880377bef99b542caa3caa0b76074d24c70f176',NULL);
INSERT INTO users VALUES('8b1fce55-cb1e-46cd-8bce-6a575bf84d63','anna maria',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:04:00.000Z','2026-01-02T12:04:00.000Z','2026-01-02T12:04:00.000Z',X'019eb5451e38ee35ee104800f51d2b3f2a048d788eabb1514fd6154e97c9ce9e3fc38519f9bab70c172d5382ef',NULL);
INSERT INTO users VALUES('a887aec7-6606-4481-b7a0-4acf124bfe39','🔑',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:05:00.000Z','2026-01-02T12:05:00.000Z','2026-01-02T12:05:00.000Z',X'0112db9def634c38ee378fe3c8899240663623e8453cbf5e7fd7182fc8d084549f70504a9b0d2c013934923a99',NULL);
INSERT INTO users VALUES('189ce3f8-a3fd-4953-8c28-f9824bea3f77','O’Brien',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:06:00.000Z','2026-01-02T12:06:00.000Z','2026-01-02T12:06:00.000Z',X'01160521aa576444920b267e99b762faf4d645ef99851fae71139d5d3d8ada1d6f92f41f86738633c9f9240546',NULL);
INSERT INTO users VALUES('67de19a4-3b1a-48b9-88bb-ca65192d3862','bo',1,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z','2026-01-02T12:07:00.000Z',X'01fbae34fed679eeed4ee6764e87265bfc198f5edc3a3eca3558227c8b3149a54e81f64c87d386cf36742ce757',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('sessions',1);
INSERT INTO sqlite_sequence VALUES('attempts',4);
CREATE INDEX sessions_by_user ON sessions (user, seq);
CREATE INDEX sessions_open ON sessions (seq) WHERE disconnected_at IS NULL;
CREATE INDEX attempts_by_user ON attempts (user, seq);
CREATE INDEX attempts_by_client_address ON attempts (client_address, seq);
CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL;
CREATE INDEX users_without_encryption ON users (name) WHERE encryption = 'optional';
COMMIT;
