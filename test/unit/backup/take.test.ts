import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { backupTaker } from "../../../server/backup/take.ts";
import { seconds } from "../../../server/wire/units.ts";
import { backupOf, sourceOf } from "../../support/backup.ts";
import { NOON, temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/** A store whose database is large enough for a backup of many portions. */
async function large(t: TestContext) {
  const clock = new VirtualClock();
  const opened = await temporaryStore(t, { clock });
  const trace = [{ at: 0, from: "client" as const, layer: "pptp", text: "x".repeat(4000) }];
  for (let dial = 0; dial < 2000; dial++) {
    opened.store.records.begin({ id: `a${dial}`, startedAt: NOON, clientAddress: "192.0.2.1" });
    opened.store.records.update(`a${dial}`, { verdict: "connected", sessionId: `s${dial}`, trace });
  }
  await opened.store.records.settled();
  return { ...opened, clock };
}

test("what is written while a backup is made, and the log that is copied meanwhile, do it no harm", async (t) => {
  const { store, clock } = await large(t);
  const copy = join(temporaryDirectory(t), "copy.db");
  let made = false;
  const copying = store.backups.copyTo(copy).then(() => {
    made = true;
  });
  let users = 0;
  while (!made && users < 500) {
    await store.users.create({ name: `user${users++}`, password: "p" });
    await clock.advance(seconds(1));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await copying;
  assert.ok(users > 5, `${users} users`);
  const raw = new SqliteDatabase(copy, { readonly: true });
  t.after(() => raw.close());
  assert.equal(raw.pragma("integrity_check", { simple: true }), "ok");
  const copied = raw.prepare<[], number>("SELECT count(*) FROM users").pluck().get()!;
  assert.ok(copied > 0 && copied <= users);
  assert.equal(raw.prepare("SELECT count(*) FROM attempts").pluck().get(), 2000);
  assert.equal(raw.pragma("journal_mode", { simple: true }), "delete");
});

test("a pacd that is stopped while it makes a backup ends as it should, and the backup is none", async (t) => {
  const { store, directory } = await large(t);
  const taking = assert.rejects(backupTaker(sourceOf(store, directory))());
  await new Promise((resolve) => setImmediate(resolve));
  await store.close();
  await taking;
  assert.deepEqual(readdirSync(directory).sort(), ["pacd.db", "secret.key"]);
  const { store: next } = await temporaryStore(t, { directory });
  assert.equal((await next.attempts.list({ limit: 1 })).items.length, 1);
});

test("a backup that nobody reads to its end leaves nothing, is not on record, and another can be made", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const take = backupTaker(sourceOf(store, directory));
  for (const read of [0, 1]) {
    const { octets, close } = await take();
    if (read === 1) for await (const _ of octets) break;
    await assert.rejects(read === 0 ? take() : Promise.reject(new Error()));
    await close();
    await close();
  }
  assert.equal(store.backups.lastAt, null);
  await backupOf(store, directory);
  assert.equal(store.backups.lastAt, NOON);
  assert.equal(existsSync(join(directory, "pacd.db.backup")), false);
});

test("when the last backup was made outlives pacd, and a killed one's leftovers go at the start", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await backupOf(store, directory);
  await store.close();
  for (const name of ["pacd.db.backup", "pacd.db.backup.tmp"]) writeFileSync(join(directory, name), "half");
  const { store: next } = await temporaryStore(t, { directory });
  assert.equal(next.backups.lastAt, NOON);
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.includes("backup")),
    [],
  );
});

test("a key that was taken away while pacd runs is told, instead of a backup that nobody can use", async (t) => {
  const { store, directory } = await temporaryStore(t);
  rmSync(join(directory, "secret.key"));
  await assert.rejects(backupOf(store, directory), {
    code: "store-unavailable",
    message: /secret\.key cannot be read \(ENOENT\), and a backup without it is of no use/,
  });
});
