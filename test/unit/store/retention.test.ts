import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { storeUnavailable } from "../../../server/store/faults.ts";
import { FORGOTTEN_AT_ONCE } from "../../../server/store/retention/limits.ts";
import { type Forgettable, Retention } from "../../../server/store/retention/retention.ts";
import { millis } from "../../../server/wire/units.ts";
import { temporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const MINUTE = 60_000;

/** A table with so many old rows, and the retention that looks at it. */
function stage(
  t: TestContext,
  rows: number,
  change: { days?: number; fails?: () => Error | undefined; takes?: (most: number) => number } = {},
) {
  const clock = new VirtualClock();
  const asked: { before: string; most: number; at: number }[] = [];
  const lines: string[] = [];
  const forgotten: object[] = [];
  const made = { clock, asked, lines, forgotten, left: rows, days: change.days ?? 10 };
  const table: Forgettable = {
    kind: "sessions",
    async forget(before, most) {
      asked.push({ before, most, at: clock.now() });
      const error = change.fails?.();
      if (error !== undefined) throw error;
      const takes = millis(change.takes?.(most) ?? 0);
      if (takes > 0) await new Promise<void>((resolve) => void clock.after(takes, resolve));
      const some = Math.min(most, made.left);
      made.left -= some;
      return some;
    },
  };
  const line = (_fields: object, text: string) => lines.push(text);
  const retention = new Retention({
    clock,
    log: { info: line, warn: line, error: line },
    tables: [table],
    days: () => made.days,
    forgot: (what) => forgotten.push(what),
  });
  t.after(() => retention.stop());
  return { ...made, made, retention };
}

test("nothing is forgotten in the first minutes: the clock of the host may not be right yet", async (t) => {
  const { clock, asked } = stage(t, 5);
  await clock.advance(10 * MINUTE - 1);
  assert.equal(asked.length, 0);
  await clock.advance(1);
  assert.deepEqual(
    asked.map(({ before }) => before),
    ["2029-12-22T00:10:00.000Z"],
  );
});

test("where the disk is slow fewer are forgotten at once, and more again when it is not", async (t) => {
  const slow = { on: true };
  const { clock, asked, made } = stage(t, 60, { takes: (most) => (slow.on ? most : 0) });
  await clock.advance(10 * MINUTE + 200);
  const most = asked.map((one) => one.most);
  assert.deepEqual(most.slice(0, 6), [20, 10, 5, 3, 4, 5]);
  assert.ok(most.slice(3).every((one) => one <= 5));
  slow.on = false;
  await clock.advance(MINUTE);
  assert.equal(made.left, 0);
});

test("many are forgotten a few at a time, with time for others between", async (t) => {
  const { clock, asked, made, lines, forgotten } = stage(t, 2 * FORGOTTEN_AT_ONCE + 3);
  await clock.advance(11 * MINUTE);
  assert.equal(made.left, 0);
  assert.deepEqual(
    asked.map(({ most, at }) => [most, at - 10 * MINUTE]),
    [
      [FORGOTTEN_AT_ONCE, 0],
      [FORGOTTEN_AT_ONCE, 20],
      [FORGOTTEN_AT_ONCE, 40],
    ],
  );
  assert.deepEqual(lines, [`Forgot ${2 * FORGOTTEN_AT_ONCE + 3} old records: sessions`]);
  assert.deepEqual(forgotten, [{ sessions: 2 * FORGOTTEN_AT_ONCE + 3 }]);
});

test("it looks again every hour, by the days of then, and says nothing where there is nothing", async (t) => {
  const { clock, asked, made, lines, forgotten } = stage(t, 0);
  await clock.advance(11 * MINUTE);
  made.days = 0;
  await clock.advance(60 * MINUTE);
  assert.equal(asked.length, 1, "0 days is for ever");
  made.days = 1;
  await clock.advance(60 * MINUTE);
  assert.equal(asked.at(-1)!.before, "2029-12-31T02:10:00.000Z");
  assert.deepEqual([lines, forgotten], [[], []]);
});

test("a database that is away is tried again at the next look", async (t) => {
  let away = true;
  const fails = () => (away ? storeUnavailable("locked", "/pacd.db", "SQLITE_BUSY") : undefined);
  const { clock, made, lines } = stage(t, 3, { fails });
  await clock.advance(11 * MINUTE);
  assert.match(
    lines[0]!,
    /^Old records could not be forgotten\. The database cannot be used: another program/,
  );
  away = false;
  await clock.advance(60 * MINUTE);
  assert.equal(made.left, 0);
});

test("a stop ends it between two transactions", async (t) => {
  const { clock, asked, retention } = stage(t, 1000);
  await clock.advance(10 * MINUTE);
  retention.stop();
  await clock.advance(600 * MINUTE);
  assert.equal(asked.length, 1);
  assert.equal(clock.pending(), 0);
});

test("of sessions and dials those go that were over before; what is up stays, however long it has been", async (t) => {
  const { store } = await temporaryStore(t);
  const began = "2025-01-01T00:00:00.000Z";
  for (const [id, endedAt] of [
    ["over", "2025-02-01T00:00:00.000Z"],
    ["long", "2025-12-01T00:00:00.000Z"],
    ["live", undefined],
  ] as const) {
    store.records.begin({ id, startedAt: began, clientAddress: "192.0.2.1" });
    store.records.open({
      id,
      attemptId: id,
      userId: "u",
      user: "u",
      clientAddress: "192.0.2.1",
      assignedAddress: "10.77.0.10",
      encryption: "none",
      mtu: 1400,
      connectedAt: began,
    });
    store.records.update(id, { sessionId: id, verdict: "connected" });
    if (endedAt === undefined) continue;
    const counters = { rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 };
    store.records.close(id, { at: endedAt, reason: "link-lost", ...counters });
    store.records.update(id, { endedAt });
  }
  await store.records.settled();
  for (const { forget } of store.forgettable.filter(
    ({ kind }) => kind === "sessions" || kind === "attempts",
  )) {
    assert.equal(await forget("2025-06-01T00:00:00.000Z", 10), 1);
    assert.equal(await forget("2025-06-01T00:00:00.000Z", 10), 0);
  }
  for (const id of ["over", "long", "live"]) {
    const kept = id !== "over";
    assert.equal((await store.sessions.find(id)) !== undefined, kept, id);
    assert.equal((await store.attempts.find(id)) !== undefined, kept, id);
  }
});
