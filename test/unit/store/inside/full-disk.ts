import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { faultyStore } from "../../../support/faulty-store.ts";
import { COUNTERS, openSession } from "../../../support/records.ts";
import { fill, smallDisk } from "../../../support/small-disk.ts";

test("a full disk: everything that came meanwhile is on record when there is room again, and the fault has its name", async (t) => {
  const directory = smallDisk(t);
  const { store, clock, conditions, errors } = await faultyStore(t, directory);
  await store.users.create({ name: "anna", password: "p" });
  store.records.open(openSession("before"));
  await store.records.settled();
  // The log is copied into the database, and takes no room that it could use again.
  await clock.advance(1000);
  const ballast = join(directory, "ballast");
  fill(ballast);

  const trace = [{ at: 0, from: "client" as const, layer: "pptp", text: "x".repeat(4000) }];
  for (let i = 0; i < 100; i++) {
    const startedAt = clock.date().toISOString();
    store.records.begin({ id: `a${i}`, startedAt, clientAddress: "192.0.2.1" });
    store.records.open(openSession(`s${i}`, { connectedAt: startedAt }));
    store.records.update(`a${i}`, { user: "anna", sessionId: `s${i}`, verdict: "connected", trace });
    await clock.advance(35);
  }
  store.records.close("before", { ...COUNTERS, at: clock.date().toISOString(), reason: "client-hung-up" });
  await clock.advance(1000);
  const [held] = conditions.all();
  assert.equal(held?.code, "records-waiting");
  assert.match(held.sentence, /the disk is full \(SQLITE_FULL\)\. Free space on the file system of .*df -h/);
  await assert.rejects(store.users.create({ name: "bo", password: "p" }), { details: { reason: "full" } });
  await assert.rejects(store.users.update("anna", { enabled: false }), { code: "not-yet-written" });
  assert.equal((await store.users.credentials("anna"))?.user.enabled, false);

  rmSync(ballast);
  await store.records.settled();
  assert.deepEqual(store.records.figures(), { waiting: 0, dropped: { attempts: 0, sessions: 0, traces: 0 } });
  assert.deepEqual(conditions.all(), []);
  assert.equal((await store.sessions.list({ limit: 1000 })).items.length, 101);
  assert.equal((await store.attempts.list({ limit: 1000 })).items.length, 100);
  assert.equal((await store.sessions.find("before"))?.disconnectedAt, "2026-01-02T12:00:04.500Z");
  assert.equal((await store.sessions.find("s99"))?.connectedAt, "2026-01-02T12:00:04.465Z");
  assert.equal((await store.users.find("anna"))?.enabled, false);
  assert.deepEqual(errors, []);
});
