import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COUNTERS, openSession, ZERO } from "../../support/records.ts";
import { NOON, temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";

const AT = "2026-01-02T15:00:00.000Z";

/** What the disk holds at this moment, as after a kill -9: nothing flushed, closed or checkpointed for the occasion. */
function diskOf(directory: string, copy: string): string {
  for (const file of ["pacd.db", "pacd.db-wal", "secret.key"])
    copyFileSync(join(directory, file), join(copy, file));
  return copy;
}

test("after a kill, everything that was written is there and recover closes what was open", async (t) => {
  const { store: dying, directory } = await temporaryStore(t);
  await dying.users.create({ name: "anna", password: "p", enabled: true, staticAddress: null });
  await dying.attempts.begin({ id: "a1", startedAt: NOON, clientAddress: "192.0.2.1" });
  await dying.attempts.begin({ id: "a2", startedAt: NOON, clientAddress: "192.0.2.2" });
  await dying.attempts.update("a2", { verdict: "connected", evidence: "Up.", sessionId: "s1" });
  await dying.attempts.begin({ id: "a3", startedAt: NOON, clientAddress: "192.0.2.3" });
  await dying.attempts.update("a3", { verdict: "bad-credentials", evidence: "No.", endedAt: NOON });
  await dying.sessions.open(openSession("s1"));
  await dying.sessions.progress([{ id: "s1", ...COUNTERS }]);
  await dying.sessions.open(openSession("s2"));
  await dying.sessions.close("s2", { ...ZERO, at: NOON, reason: "client-hung-up" });

  const { store } = await temporaryStore(t, { directory: diskOf(directory, temporaryDirectory(t)) });
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 1, attempts: 2 });

  assert.ok(await store.users.credentials("anna"));
  assert.deepEqual(await store.sessions.find("s1"), {
    ...openSession("s1"),
    ...COUNTERS,
    disconnectedAt: AT,
    endReason: "server-died",
  });
  assert.equal((await store.sessions.find("s2"))?.endReason, "client-hung-up");
  const [a1, a2, a3] = [
    await store.attempts.find("a1"),
    await store.attempts.find("a2"),
    await store.attempts.find("a3"),
  ];
  assert.deepEqual([a1?.verdict, a1?.endedAt], ["server-died", AT]);
  assert.notEqual(a1?.evidence, "");
  assert.deepEqual([a2?.verdict, a2?.evidence, a2?.endedAt], ["connected", "Up.", AT]);
  assert.deepEqual([a3?.verdict, a3?.endedAt], ["bad-credentials", NOON]);
});

test("a second recover finds nothing left to close", async (t) => {
  const { store } = await temporaryStore(t);
  await store.sessions.open(openSession("s1"));
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 1, attempts: 0 });
  assert.deepEqual(await store.recover("server-died", AT), { sessions: 0, attempts: 0 });
});

test("what happens while recover runs waits for it", async (t) => {
  const { store } = await temporaryStore(t);
  await store.sessions.open(openSession("s1"));
  const [recovered] = await Promise.all([
    store.recover("server-died", AT),
    store.sessions.open(openSession("s2")),
    store.users.create({ name: "anna", password: "p", enabled: true, staticAddress: null }),
  ]);
  assert.equal(recovered.sessions, 1);
  assert.equal((await store.sessions.find("s2"))?.disconnectedAt, null);
});
