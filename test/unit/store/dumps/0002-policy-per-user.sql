-- Made by pacd 0.1 with the steps up to 0002. Anna's password is clientPass, bo's is "Grüße 🔑".
-- secret.key: 643d9ec02ed7a3bfc05384f1c62719ed25663600f4b41b4eab4b358c7dd4c41a
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
INSERT INTO "attempts" VALUES(1,'a1','2026-03-01T08:00:00.000Z','2026-03-01T09:00:00.000Z','198.51.100.7','Anna','s1','client-hung-up','The client hung up.',12.5,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(2,'a2','2026-03-01T10:01:00.000Z','2026-03-01T10:01:01.000Z','198.51.100.7','anna',NULL,'bad-credentials','The password is wrong.',NULL,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(3,'a3','2026-03-01T10:02:00.000Z','2026-03-01T10:02:01.000Z','198.51.100.7','anna',NULL,'bad-credentials','The password is wrong.',NULL,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(4,'a4','2026-03-01T10:03:00.000Z','2026-03-01T10:03:01.000Z','198.51.100.7','anna',NULL,'bad-credentials','The password is wrong.',NULL,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(5,'a5','2026-03-01T10:04:00.000Z','2026-03-01T10:04:01.000Z','203.0.113.9','admin',NULL,'bad-credentials','There is no user of that name.',NULL,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(6,'a6','2026-03-01T10:05:00.000Z','2026-03-01T10:05:10.000Z','198.51.100.9',NULL,NULL,'gre-blocked','No GRE packet arrived within 10 s of the call reply.',NULL,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(7,'a7','2026-03-01T10:06:00.000Z',NULL,'198.51.100.7','Anna','s2','connected','Session up.',30,'[{"at":0,"from":"client","layer":"pptp","text":"Outgoing-Call-Request"}]');
INSERT INTO "attempts" VALUES(8,'a8','2026-03-01T10:07:00.000Z',NULL,'198.51.100.9',NULL,NULL,'in-progress','',NULL,'[]');
CREATE TABLE canaries (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
INSERT INTO "canaries" VALUES('secret-key',X'01CD96622F116D1DC3C807781ABB32EAAA801F0824A8B39449250115226D0DEEA294131BB72218F43C90865CE0');
CREATE TABLE "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
INSERT INTO "kysely_migration" VALUES('0001-first-tables','2026-11-28T22:31:49.727Z');
INSERT INTO "kysely_migration" VALUES('0002-policy-per-user','2026-11-28T22:31:49.730Z');
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
INSERT INTO "sessions" VALUES(1,'s1','a1','c48d8e8b-97de-48be-ab21-ec844345f99c','Anna','198.51.100.7','10.77.0.20','mppe-128-stateless',1396,'2026-03-01T08:00:00.012Z','2026-03-01T09:00:00.000Z','client-hung-up',1000,2000,10,20);
INSERT INTO "sessions" VALUES(2,'s2','a7','c48d8e8b-97de-48be-ab21-ec844345f99c','Anna','198.51.100.7','10.77.0.20','mppe-128-stateless',1396,'2026-03-01T10:06:00.030Z',NULL,NULL,0,0,0,0);
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
INSERT INTO "users" VALUES('c48d8e8b-97de-48be-ab21-ec844345f99c','Anna',1,NULL,NULL,'["mon-fri 08:00-18:00"]','[]','10.77.0.20',NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z',X'01A6733ED42647EA331960A5DFBBC4EC609DD3DF9C64E9E41E340CA2DB9C8404BD246F2F56FD4B3BA0497583B9',X'0158E445D51C86F190205FF986AAE90914FE440E41B1FD340A6B1744DD30428DD9886D9067623E1BF462F36E453FAF6944D305B1335F140B3C9E3F0C6B9BB232809EF629094984A4B06BDF14641BF51D71883957F2700AB522095E3FA5');
INSERT INTO "users" VALUES('8838ede5-1b97-4a0c-abd2-d20470095f6b','bo',0,NULL,NULL,'[]','[]',NULL,NULL,NULL,'required',NULL,NULL,NULL,'deny',NULL,NULL,'[]',NULL,'2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z','2026-01-02T12:00:00.000Z',X'01753ABC892AB8F8DE9188D6C96C5192CFD55AB1F2AC83340EBF37BAA5737B977E324975C9A856C3D40E12B1C18114F741429177C5204500A6B7B8A7C4',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" VALUES('attempts',8);
INSERT INTO "sqlite_sequence" VALUES('sessions',2);
CREATE INDEX attempts_by_client_address ON attempts (client_address, seq);
CREATE INDEX attempts_by_user ON attempts (user, seq);
CREATE INDEX attempts_open ON attempts (seq) WHERE ended_at IS NULL;
CREATE INDEX sessions_by_user ON sessions (user, seq);
CREATE INDEX sessions_open ON sessions (seq) WHERE disconnected_at IS NULL;
CREATE INDEX users_without_encryption ON users (name) WHERE encryption = 'optional';
COMMIT;
