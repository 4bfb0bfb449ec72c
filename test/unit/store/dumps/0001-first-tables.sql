-- Made by pacd 0.1 with the steps up to 0001. Anna's password is clientPass, bo's is "Grüße 🔑".
-- secret.key: 8737fe6cddb80bac78b1286575a8e8de1e07b304fca223324b24516e6892e756
BEGIN TRANSACTION;
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
INSERT INTO "attempts" VALUES(1,'a1','2026-01-02T11:59:59.000Z','2026-01-02T13:00:00.000Z','198.51.100.7','Anna','s1','client-left','Up.',12.5,'[]');
CREATE TABLE canaries (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
INSERT INTO "canaries" VALUES('secret-key',X'0122645FDD9DF00EA960922062FA23BF11DAB6F5A8DD71B631483684E65595A4F2FE007C10D3208E99B5DE1381');
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO "kysely_migration" VALUES('0001-first-tables','2026-01-02T12:00:00.000Z');
CREATE TABLE "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
INSERT INTO "kysely_migration_lock" VALUES('migration_lock',0);
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
INSERT INTO "sessions" VALUES(1,'s1','a1','78fc76e8-0417-4967-b2fe-830076dd8882','Anna','198.51.100.7','10.77.0.20','mppe-128-stateless',1400,'2026-01-02T12:00:00.000Z','2026-01-02T13:00:00.000Z','client-left',0,0,0,0);
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  hash BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO "tokens" VALUES('admin',X'0707070707070707070707070707070707070707070707070707070707070707','2026-01-02T12:00:00.000Z');
CREATE TABLE users (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  static_address TEXT UNIQUE,
  nt_hash BLOB NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
INSERT INTO "users" VALUES('78fc76e8-0417-4967-b2fe-830076dd8882','Anna',1,'10.77.0.20',X'0111BD722AEF68706CFE177C9E822B506188364634A00911523DE0C3BF4E4A5CDC486D0AC1F1C6AC2EE7A5462E','2026-01-02T12:00:00.000Z','2026-02-03T08:30:00.000Z');
INSERT INTO "users" VALUES('86c5fdb7-0bec-4c13-bc08-5ba484c92f21','bo',0,NULL,X'019B295BF9FA2D22FA35618C97CF6F6A0836677CB7E543BA0AE2993F3C9A5B0DB7F943D53590CFD8B2E64FDAB7','2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z');
CREATE INDEX sessions_by_user ON sessions (user, seq);
CREATE INDEX sessions_open ON sessions (seq) WHERE disconnected_at IS NULL;
CREATE INDEX attempts_by_user ON attempts (user, seq);
CREATE INDEX attempts_by_client_address ON attempts (client_address, seq);
CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL;
COMMIT;
