import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { COUNTERS, NOT_SAID, openSession, ZERO } from "../../support/records.ts";
import { NOON, NOON_CLOCK, temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";

const AT = "2026-01-02T15:00:00.000Z";

/**
 * What the disk holds at this moment, as after a kill -9: nothing flushed, closed or checkpointed for the
 * occasion.
 */
function diskOf(directory: string, copy: string): string {
  for (const file of ["pacd.db", "pacd.db-wal", "secret.key"])
    copyFileSync(join(directory, file), join(copy, file));
  return copy;
}

test("after a kill, everything that was written is there and recover closes what was open", async (t) => {
  const { store: dying, directory } = await temporaryStore(t);
  await dying.users.create({ name: "anna", password: "p", enabled: true, staticAddress: null });
  dying.records.begin({ id: "a1", startedAt: NOON, clientAddress: "192.0.2.1" });
  dying.records.begin({ id: "a2", startedAt: NOON, clientAddress: "192.0.2.2" });
  dying.records.update("a2", { verdict: "connected", evidence: "Up.", sessionId: "s1" });
  dying.records.begin({ id: "a3", startedAt: NOON, clientAddress: "192.0.2.3" });
  dying.records.update("a3", { verdict: "bad-credentials", evidence: "No.", endedAt: NOON });
  dying.records.open(openSession("s1"));
  dying.records.progress([{ id: "s1", ...COUNTERS }]);
  dying.records.open(openSession("s2"));
  dying.records.close("s2", { ...ZERO, at: NOON, reason: "client-hung-up" });

  await dying.records.settled();

  const { store } = await temporaryStore(t, { directory: diskOf(directory, temporaryDirectory(t)) });
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 1, attempts: 2 });

  assert.ok(await store.users.credentials("anna"));
  assert.deepEqual(await store.sessions.find("s1"), {
    ...openSession("s1"),
    ...NOT_SAID,
    ...COUNTERS,
    disconnectedAt: NOON,
    endReason: "server-died",
  });
  assert.equal((await store.sessions.find("s2"))?.endReason, "client-hung-up");
  const [a1, a2, a3] = [
    await store.attempts.find("a1"),
    await store.attempts.find("a2"),
    await store.attempts.find("a3"),
  ];
  assert.deepEqual([a1?.verdict, a1?.endedAt], ["server-died", NOON]);
  assert.notEqual(a1?.evidence, "");
  assert.deepEqual([a2?.verdict, a2?.evidence, a2?.endedAt], ["connected", "Up.", NOON]);
  assert.deepEqual([a3?.verdict, a3?.endedAt], ["bad-credentials", NOON]);
});

test("a second recover finds nothing left to close", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  await store.records.settled();
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 1, attempts: 0 });
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 0, attempts: 0 });
});

test("what happens while recover runs waits for it", async (t) => {
  const { store } = await temporaryStore(t);
  store.records.open(openSession("s1"));
  await store.records.settled();
  const [recovered] = await Promise.all([
    store.recover("server-died", AT),
    Promise.resolve(store.records.open(openSession("s2"))),
    store.users.create({ name: "anna", password: "p", enabled: true, staticAddress: null }),
  ]);
  assert.equal(recovered.sessions, 1);
  assert.equal((await store.sessions.find("s2"))?.disconnectedAt, null);
});

/** A store whose wall clock a test sets. */
async function storeAt(t: TestContext, directory: string, date: () => Date) {
  const { store } = await temporaryStore(t, { directory, clock: { ...NOON_CLOCK, date } });
  return store;
}

test("what a kill left open ended when the last record was written: not before it began, and not now", async (t) => {
  const directory = temporaryDirectory(t);
  let now = new Date(NOON);
  const dying = await storeAt(t, directory, () => now);
  dying.records.begin({ id: "a1", startedAt: NOON, clientAddress: "192.0.2.1" });
  dying.records.update("a1", { verdict: "connected", sessionId: "s1" });
  dying.records.open(openSession("s1"));
  await dying.records.settled();
  now = new Date("2026-01-02T13:30:00.000Z");
  dying.records.progress([{ id: "s1", ...COUNTERS }]);
  await dying.records.settled();
  // Began after the clock was set back by an hour.
  now = new Date("2026-01-02T12:30:00.000Z");
  dying.records.open(openSession("s2", { connectedAt: "2026-01-02T13:31:00.000Z" }));
  await dying.records.settled();
  const store = await storeAt(t, diskOf(directory, temporaryDirectory(t)), () => new Date(AT));
  await store.recover("server-crashed", AT);
  assert.equal((await store.sessions.find("s1"))?.disconnectedAt, "2026-01-02T12:30:00.000Z");
  assert.equal((await store.sessions.find("s2"))?.disconnectedAt, "2026-01-02T13:31:00.000Z");
  assert.equal((await store.attempts.find("a1"))?.endedAt, "2026-01-02T12:30:00.000Z");
});

test("a last record of the future, of a clock that was wrong, ends nothing later than now", async (t) => {
  const directory = temporaryDirectory(t);
  const dying = await storeAt(t, directory, () => new Date("2036-01-01T00:00:00.000Z"));
  dying.records.open(openSession("s1"));
  await dying.records.settled();
  const store = await storeAt(t, diskOf(directory, temporaryDirectory(t)), () => new Date(AT));
  await store.recover("server-crashed", AT);
  assert.equal((await store.sessions.find("s1"))?.disconnectedAt, AT);
});
