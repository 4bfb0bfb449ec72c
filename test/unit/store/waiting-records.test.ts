import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { millis, seconds } from "../../../server/wire/units.ts";
import { faultyStore, lock } from "../../support/faulty-store.ts";
import { COUNTERS, openSession, ZERO } from "../../support/records.ts";
import { NOON } from "../../support/temporary-store.ts";

const rowsOf = (directory: string, table: string): unknown[] => {
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  try {
    return raw.prepare(`SELECT * FROM ${table} ORDER BY seq`).all();
  } finally {
    raw.close();
  }
};
const count = (directory: string, table: string): number => rowsOf(directory, table).length;

test("while another program holds the lock nothing waits, everything is shown, and all of it is written afterwards", async (t) => {
  const { store, directory, clock, holding } = await faultyStore(t);
  const unlock = lock(t, directory);
  const before = process.hrtime.bigint();
  for (const i of [1, 2, 3]) {
    store.records.begin({ id: `a${i}`, startedAt: clock.date().toISOString(), clientAddress: "192.0.2.1" });
    store.records.open(openSession(`s${i}`, { attemptId: `a${i}`, connectedAt: clock.date().toISOString() }));
    store.records.update(`a${i}`, { user: "anna", sessionId: `s${i}`, verdict: "connected", trace: [] });
    await clock.advance(1000);
  }
  store.records.progress([{ id: "s2", ...COUNTERS }]);
  store.records.close("s1", { ...ZERO, at: clock.date().toISOString(), reason: "client-hung-up" });
  await clock.advance(11_000);
  // SQLite's own wait was five seconds for each of some thirty tries.
  assert.ok(process.hrtime.bigint() - before < 3_000_000_000n);
  assert.equal(count(directory, "attempts"), 0);
  const { items } = await store.attempts.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ id, verdict, sessionId }) => [id, verdict, sessionId]),
    [
      ["a3", "connected", "s3"],
      ["a2", "connected", "s2"],
      ["a1", "connected", "s1"],
    ],
  );
  assert.equal((await store.sessions.find("s1"))?.endReason, "client-hung-up");
  assert.equal(store.records.figures().waiting, 6);
  assert.deepEqual(holding(), ["records-waiting"]);

  unlock();
  await clock.advance(1000);
  await store.records.settled();
  assert.equal(store.records.figures().waiting, 0);
  assert.deepEqual(holding(), []);
  const sessions = rowsOf(directory, "sessions") as { connected_at: string; rx_bytes: number }[];
  assert.deepEqual(
    sessions.map(({ connected_at }) => connected_at),
    ["2026-01-02T12:00:00.000Z", "2026-01-02T12:00:01.000Z", "2026-01-02T12:00:02.000Z"],
  );
  assert.equal(sessions[1]!.rx_bytes, COUNTERS.rxBytes);
  assert.equal(
    (sessions[0] as unknown as { disconnected_at: string }).disconnected_at,
    "2026-01-02T12:00:03.000Z",
  );
  assert.deepEqual((await store.attempts.list({ limit: 10 })).items, items);
});

test("a lock of less than a second is no condition", async (t) => {
  const { store, directory, clock, holding } = await faultyStore(t);
  const unlock = lock(t, directory);
  store.records.begin({ id: "a1", startedAt: NOON, clientAddress: "192.0.2.1" });
  await clock.advance(900);
  assert.deepEqual(holding(), []);
  unlock();
  await clock.advance(1000);
  assert.equal(count(directory, "attempts"), 1);
});

test("pages go on over what is written and what is not", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  const begin = (id: string) => store.records.begin({ id, startedAt: NOON, clientAddress: "192.0.2.1" });
  for (const id of ["1", "2", "3"]) begin(id);
  await store.records.settled();
  const unlock = lock(t, directory);
  for (const id of ["4", "5", "6"]) begin(id);
  await store.records.settled();
  const pages: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.attempts.list(cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
    pages.push(page.items.map(({ id }) => id).join());
    cursor = page.next;
    if (pages.length === 1) {
      unlock();
      await clock.advance(1000);
      begin("7");
    }
    if (cursor === undefined) break;
  }
  assert.deepEqual(pages, ["6,5", "4,3", "2,1"]);
});

test("a log-in is read, and a user found, while another program holds the write lock", async (t) => {
  const { store, directory } = await faultyStore(t);
  await store.users.create({ name: "anna", password: "p" });
  lock(t, directory);
  assert.equal((await store.users.credentials("anna"))?.user.name, "anna");
});

test("a write of the API waits two seconds for a lock, then says store-unavailable", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  const unlock = lock(t, directory);
  const soon = store.users.create({ name: "anna", password: "p" });
  await clock.advance(1500);
  unlock();
  await clock.advance(500);
  assert.equal((await soon).name, "anna");
  lock(t, directory);
  const late = assert.rejects(store.users.create({ name: "bo", password: "p" }), {
    code: "store-unavailable",
    details: { reason: "locked" },
    message: /another program holds the lock of .*pacd\.db \(SQLITE_BUSY\)\. .*fuser/,
  });
  await clock.advance(3000);
  await late;
});

test("who is disabled or removed while nothing can be written is so at once, and in the database afterwards", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  for (const name of ["anna", "bo", "cy"]) await store.users.create({ name, password: "p" });
  const unlock = lock(t, directory);
  const refusals = Promise.all([
    assert.rejects(store.users.update("anna", { enabled: false }), {
      code: "not-yet-written",
      message: /^anna cannot log in any more/,
    }),
    assert.rejects(store.users.remove("bo"), { code: "not-yet-written" }),
    assert.rejects(store.users.update("cy", { maxSessions: 3 }), { code: "store-unavailable" }),
    assert.rejects(store.users.update("nobody", { enabled: false }), { code: "user-not-found" }),
  ]);
  await clock.advance(3000);
  await refusals;
  const enabled = async () =>
    (await store.users.list({ limit: 10 })).items.map((user) => `${user.name} ${user.enabled}`);
  assert.deepEqual(await enabled(), ["anna false", "bo false", "cy true"]);
  assert.equal((await store.users.credentials("anna"))?.user.enabled, false);
  assert.equal((await store.users.find("bo"))?.enabled, false);
  unlock();
  await clock.advance(2000);
  await store.records.settled();
  assert.deepEqual(await enabled(), ["anna false", "cy true"]);
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  assert.deepEqual(raw.prepare("SELECT name, enabled FROM users ORDER BY name").raw().all(), [
    ["anna", 0],
    ["cy", 1],
  ]);
  raw.close();
});

test("who is enabled again before anything could be written stays enabled", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  await store.users.create({ name: "anna", password: "p" });
  const unlock = lock(t, directory);
  const refusals = assert.rejects(store.users.update("anna", { enabled: false }), {
    code: "not-yet-written",
  });
  await clock.advance(3000);
  await refusals;
  const again = assert.rejects(store.users.update("anna", { enabled: true }), { code: "store-unavailable" });
  await clock.advance(3000);
  await again;
  assert.equal((await store.users.credentials("anna"))?.user.enabled, true);
  unlock();
  await clock.advance(2000);
  assert.equal((await store.users.find("anna"))?.enabled, true);
});

test("a session that is up when the writes fail and ends meanwhile has its true end, and is not crashed", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  store.records.open(openSession("s1", { connectedAt: NOON }));
  await store.records.settled();
  const unlock = lock(t, directory);
  await clock.advance(14_000);
  store.records.close("s1", { ...COUNTERS, at: clock.date().toISOString(), reason: "client-hung-up" });
  await clock.advance(14_000);
  unlock();
  await clock.advance(1000);
  const [row] = rowsOf(directory, "sessions") as { disconnected_at: string; end_reason: string }[];
  assert.deepEqual([row!.disconnected_at, row!.end_reason], ["2026-01-02T12:00:14.000Z", "client-hung-up"]);
});

test("what is too much is given up, refused dials first, and counted", async (t) => {
  const { store, directory, clock, holding } = await faultyStore(t);
  const unlock = lock(t, directory);
  store.records.begin({ id: "up", startedAt: NOON, clientAddress: "192.0.2.1" });
  store.records.open(openSession("s1"));
  store.records.update("up", { sessionId: "s1", verdict: "client-hung-up", endedAt: NOON });
  store.records.close("s1", { ...ZERO, at: NOON, reason: "client-hung-up" });
  for (let i = 0; i < 20_100; i++) {
    store.records.begin({ id: `x${i}`, startedAt: NOON, clientAddress: "192.0.2.2" });
    store.records.update(`x${i}`, { user: `name-${i}`, verdict: "bad-credentials", endedAt: NOON });
  }
  await clock.advance(2000);
  assert.deepEqual(store.records.figures(), {
    waiting: 20_000,
    dropped: { attempts: 102, sessions: 0, traces: 0 },
  });
  // That they were dropped is on record in the audit, which waits as well.
  assert.deepEqual(holding().toSorted(), ["audit-waiting", "records-dropped", "records-waiting"]);
  unlock();
  await store.records.settled();
  assert.ok(await store.audit.settled());
  assert.deepEqual(holding(), []);
  assert.equal(count(directory, "sessions"), 1);
  assert.equal((await store.attempts.find("up"))?.verdict, "client-hung-up");
});

test("traces go before records, where live sessions alone take too much", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  lock(t, directory);
  const trace = [{ at: 0, from: "pacd" as const, layer: "pacd", text: "x".repeat(40_000) }];
  for (let i = 0; i < 2000; i++) {
    store.records.begin({ id: `a${i}`, startedAt: NOON, clientAddress: "192.0.2.2" });
    store.records.update(`a${i}`, { sessionId: `s${i}`, verdict: "connected", trace });
  }
  await clock.advance(0);
  const { waiting, dropped } = store.records.figures();
  assert.equal(waiting, 2000);
  assert.deepEqual([dropped.attempts, dropped.sessions], [0, 0]);
  assert.ok(dropped.traces > 300 && dropped.traces < 500, String(dropped.traces));
  assert.match((await store.attempts.find("a0"))!.trace[0]!.text, /^The trace was given up/);
});

test("at the end pacd tries for as long as it may, and the log has what is lost", async (t) => {
  const { store, directory, clock, errors } = await faultyStore(t);
  const unlock = lock(t, directory);
  store.records.open(openSession("s1"));
  const lost = store.records.drain(seconds(3));
  await clock.advance(4000);
  assert.equal((await lost).waiting, 1);
  assert.match(
    errors[0]!,
    /^This session is not on record .*"id":"s1","attemptId":"attempt-of-s1","userId":"user-1"/,
  );
  assert.match(errors[1]!, /^pacd ends with records that could not be written\. .*lock.*"sessions":1/);
  const written = store.records.drain(seconds(3));
  await clock.advance(1000);
  unlock();
  await clock.advance(1000);
  assert.equal((await written).waiting, 0);
  assert.equal(clock.pending(), 0);
});

test("a record that no database would take holds up no other", async (t) => {
  const { store, directory, errors } = await faultyStore(t);
  for (const id of ["a1", "a2", "a3"])
    store.records.begin({ id, startedAt: NOON, clientAddress: "192.0.2.1" });
  // A mistake of ours: what is no number cannot be a duration.
  store.records.update("a2", { setupMs: "soon" as unknown as number });
  await store.records.settled();
  assert.equal(count(directory, "attempts"), 2);
  assert.match(errors[0]!, /^A record is lost by a mistake of pacd .*"attempt":"a2"/);
  assert.deepEqual(store.records.figures(), { waiting: 0, dropped: { attempts: 1, sessions: 0, traces: 0 } });
});

test("what came in one turn is one transaction", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => raw.close());
  const version = () => raw.pragma("data_version", { simple: true }) as number;
  const before = version();
  for (let i = 0; i < 40; i++) {
    store.records.begin({ id: `a${i}`, startedAt: NOON, clientAddress: "192.0.2.1" });
    store.records.open(openSession(`s${i}`));
  }
  assert.equal(version(), before);
  await clock.advance(0);
  assert.equal(version(), before + 1);
  assert.equal(count(directory, "attempts"), 40);
  await clock.advance(millis(10));
  assert.equal(version(), before + 1);
});
