import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { type Kysely, sql } from "kysely";
import { tokenHash } from "../../../admin-api/token-hash.ts";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { dump } from "../../fixtures/states/dump.ts";
import { KEY, STATES, TOKEN, USERS } from "../../fixtures/states/people.ts";
import { stateFrom } from "../../support/state-from-dump.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const STEPS = Object.keys(MIGRATIONS);
const NEWEST = STEPS.at(-1)!;
const OLD = STEPS.slice(0, -1);

/** What was decided for anna, wherever the schema had it. */
const OWN = [
  "validUntil",
  "staticAddress",
  "dns",
  "sessionTimeout",
  "maxSessions",
  "rateUp",
  "allowedDestinations",
];

/** The database at a path as text, its history of steps included. */
function textOf(path: string): string {
  const raw = new SqliteDatabase(path, { readonly: true });
  try {
    return dump(raw, "", KEY);
  } finally {
    raw.close();
  }
}

test("every schema that there was has a fixture", () => {
  const files = readdirSync(STATES).filter((name) => name.endsWith(".sql"));
  assert.deepEqual(
    files.sort(),
    STEPS.map((step) => `${step}.sql`),
  );
});

for (const [index, step] of OLD.entries()) {
  const next = STEPS[index + 1]!.slice(0, 4);

  test(`a database of schema ${step} reaches the newest with all that it had`, async (t) => {
    const directory = stateFrom(t, join(STATES, `${step}.sql`));
    const { store } = await temporaryStore(t, { directory });
    for (const { name, password, enabled } of USERS) {
      const found = await store.users.credentials(name);
      assert.ok(found !== undefined);
      assert.ok(found.ntHashes.some((hash) => Buffer.from(hash).equals(ntPasswordHash(password))));
      assert.equal(found.user.enabled, enabled === 1);
    }
    const anna = await store.users.find("ANNA");
    assert.equal(anna?.staticAddress, "10.77.0.20");
    assert.deepEqual(anna?.allowedDestinations, index === 0 ? [] : ["10.0.0.0/8"]);
    assert.equal(anna?.rateUp, index === 0 ? null : 2_000_000);
    assert.deepEqual(anna?.own, index === 0 ? ["staticAddress"] : OWN);
    assert.deepEqual([anna?.lastLogInSession, anna?.lastLogInAddress], ["s2", "198.51.100.7"]);
    assert.equal((await store.users.credentials("René"))?.password, index === 0 ? undefined : "Grüße 🔑");
    assert.equal(store.tokens.find(tokenHash(TOKEN))?.role, "admin");
    assert.equal((await store.sessions.find("s1"))?.rxBytes, 1000);
    assert.equal((await store.attempts.find("a1"))?.verdict, "connected");
    assert.equal((await store.recover("server-crashed", "2026-03-02T00:00:00.000Z")).sessions, 1);
    assert.equal((await store.sessions.list({ limit: 9, user: "anna" })).items.length, 2);
  });

  test(`of a database of schema ${step} a copy is kept that this step's pacd opens, and the start says where`, async (t) => {
    const directory = stateFrom(t, join(STATES, `${step}.sql`));
    const before = textOf(join(directory, "pacd.db"));
    const told: string[] = [];
    const log = { debug() {}, info: (_: object, text: string) => told.push(text), warn() {}, error() {} };
    const { store } = await temporaryStore(t, { directory, log });
    const copy = join(directory, `pacd.db.before-${next}`);
    assert.deepEqual(store.upgrade, { from: step, to: NEWEST, copy, users: USERS.length });
    assert.match(
      told.join(),
      new RegExp(`brought to the schema of this pacd; what it was is kept in .*${next}`),
    );
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    assert.equal(textOf(copy), before);
    await store.close();
    const again = await temporaryStore(t, { directory });
    assert.equal(again.store.upgrade, undefined);
  });
}

const BREAKS = "9998-breaks";
const failing = {
  ...MIGRATIONS,
  [BREAKS]: {
    async up(db: Kysely<unknown>) {
      await sql`DROP TABLE sessions`.execute(db);
      await sql`UPDATE users SET enabled = 0`.execute(db);
      await sql`INSERT INTO users (id) VALUES ('nobody')`.execute(db);
    },
  },
};

for (const step of STEPS)
  test(`a step that fails leaves a database of schema ${step} as it was, and says so`, async (t) => {
    const directory = stateFrom(t, join(STATES, `${step}.sql`));
    const path = join(directory, "pacd.db");
    const before = textOf(path);
    await assert.rejects(temporaryStore(t, { directory, steps: failing }), {
      code: "migration-failed",
      message: new RegExp(
        `pacd\\.db could not be brought from schema ${step} to ${BREAKS}: step ${BREAKS} failed \\(.*NOT NULL constraint failed.*\\)\\. The database is as it was.*pacd\\.db\\.before-`,
      ),
    });
    assert.equal(textOf(path), before);
    const { store } = await temporaryStore(t, { directory });
    assert.equal((await store.users.find("anna"))?.enabled, true);
  });

test("a database that is new is no migration, and leaves no copy", async (t) => {
  const { store, directory } = await temporaryStore(t);
  assert.equal(store.upgrade, undefined);
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.includes("before")),
    [],
  );
});

test("of the copies of before a migration, the newest three stay, and no file of another name goes", async (t) => {
  const directory = stateFrom(t, join(STATES, "0005-sessions-by-address.sql"));
  for (const [age, name] of ["0002", "0003", "0004", "0005", "x"].entries()) {
    const path = join(directory, `pacd.db.before-${name}`);
    writeFileSync(path, name);
    utimesSync(path, 1000 + age, 1000 + age);
  }
  await temporaryStore(t, { directory });
  assert.deepEqual(
    readdirSync(directory)
      .filter((name) => name.includes("before"))
      .sort(),
    ["0004", "0005", "0006", "x"].map((name) => `pacd.db.before-${name}`),
  );
  assert.equal(readFileSync(join(directory, "pacd.db.before-0005"), "utf8"), "0005");
});

test("an older pacd says which one wrote the database", async (t) => {
  const { store, directory } = await temporaryStore(t, { version: "7.8.9" });
  await store.close();
  const { [NEWEST]: _, ...older } = MIGRATIONS;
  await assert.rejects(temporaryStore(t, { directory, steps: older }), {
    code: "state-unusable",
    message: /written by pacd 7\.8\.9, a newer one, with schema .*Install pacd 7\.8\.9 or a later one/,
  });
});
