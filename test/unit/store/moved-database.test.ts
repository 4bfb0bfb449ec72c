import assert from "node:assert/strict";
import { copyFileSync, readdirSync, renameSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seconds } from "../../../server/wire/units.ts";
import { faultyStore } from "../../support/faulty-store.ts";
import { openSession } from "../../support/records.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

for (const file of ["pacd.db", "pacd.db-wal"])
  test(`a ${file} that was moved away is noticed before anything is written into the void, and so is its return`, async (t) => {
    const { store, directory, clock, conditions, holding } = await faultyStore(t);
    await store.users.create({ name: "anna", password: "p" });
    const path = join(directory, file);
    renameSync(path, `${path}.away`);
    store.records.begin({ id: "a1", startedAt: NOON, clientAddress: "192.0.2.1" });
    await clock.advance(0);
    assert.deepEqual(holding(), ["records-waiting"]);
    assert.match(conditions.all()[0]!.sentence, /deleted, moved or replaced/);
    await assert.rejects(store.users.create({ name: "bo", password: "p" }), { details: { reason: "moved" } });
    assert.equal((await store.users.credentials("anna"))?.user.name, "anna");
    renameSync(`${path}.away`, path);
    await clock.advance(2000);
    assert.deepEqual(holding(), []);
    assert.equal(store.records.figures().waiting, 0);
  });

for (const files of [["pacd.db"], ["pacd.db-wal"], ["pacd.db", "pacd.db-wal", "pacd.db-shm"]])
  test(`where ${files.join(" and ")} was deleted, the next start has all users, and all records of the time since`, async (t) => {
    const { store, directory, clock, errors } = await faultyStore(t);
    await store.users.create({ name: "anna", password: "p" });
    for (const file of files) unlinkSync(join(directory, file));
    store.records.open(openSession("s1"));
    await clock.advance(5000);
    assert.equal((await store.records.drain(seconds(3))).waiting, 0);
    await store.close();
    assert.deepEqual(readdirSync(directory).sort(), ["pacd.db", "secret.key"]);
    assert.equal(statSync(join(directory, "pacd.db")).mode & 0o777, 0o600);
    const { store: next } = await temporaryStore(t, { directory });
    assert.ok(await next.users.credentials("anna"));
    assert.equal((await next.sessions.find("s1"))?.connectedAt, NOON);
    assert.deepEqual(errors, []);
  });

test("where another file has taken the place, that one counts, and what pacd had is kept beside it", async (t) => {
  const backup = await temporaryStore(t);
  await backup.store.users.create({ name: "backed-up", password: "p" });
  await backup.store.close();
  const { store, directory } = await faultyStore(t);
  await store.users.create({ name: "anna", password: "p" });
  unlinkSync(join(directory, "pacd.db"));
  copyFileSync(join(backup.directory, "pacd.db"), join(directory, "pacd.db"));
  copyFileSync(join(backup.directory, "secret.key"), join(directory, "secret.key"));
  store.records.open(openSession("s1"));
  await store.close();
  const { store: next } = await temporaryStore(t, { directory });
  assert.equal((await next.users.list({ limit: 5 })).items[0]?.name, "backed-up");
  assert.equal(await next.sessions.find("s1"), undefined);
  assert.ok(readdirSync(directory).includes("pacd.db.kept"));
});
