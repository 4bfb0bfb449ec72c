import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../../../server/store/store-types.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

/** The `minute`th minute of a day, which may go on into the next. */
const at = (minute: number) => new Date(Date.UTC(2026, 0, 2, 0, minute)).toISOString();

interface Refused {
  readonly id: string;
  readonly minute?: number;
  readonly address?: string;
  readonly user?: string | null;
  readonly userId?: string | null;
  readonly verdict?: string;
}

/** A dial that was refused, written or on its way there. */
function refuse(store: Store, dial: Refused): void {
  const {
    id,
    minute = 0,
    address = "192.0.2.1",
    user = "anna",
    userId = null,
    verdict = "bad-credentials",
  } = dial;
  store.records.begin({ id, startedAt: at(minute), clientAddress: address });
  store.records.update(id, {
    user,
    userId,
    verdict,
    evidence: `Evidence of ${id}.`,
    endedAt: at(minute),
    trace: [{ at: 0, from: "pacd", layer: "pacd", text: id }],
  });
}

const rows = async (store: Store) =>
  (await store.attempts.list({ limit: 1000 })).items.map(({ id, count }) => `${id} ×${count}`);

for (const how of ["one after the other", "all at once"])
  test(`a thousand refusals of one user and address with one verdict are one row, written ${how}`, async (t) => {
    const { store } = await temporaryStore(t);
    for (let i = 0; i < 1000; i++) {
      refuse(store, { id: `a${i}`, minute: i, user: i % 2 === 0 ? "anna" : "Anna" });
      if (how === "one after the other") await store.records.settled();
    }
    await store.records.settled();
    assert.deepEqual(await rows(store), ["a999 ×1000"]);
    const { trace, ...row } = (await store.attempts.find("a999"))!;
    assert.deepEqual(row, {
      id: "a999",
      startedAt: at(999),
      endedAt: at(999),
      clientAddress: "192.0.2.1",
      user: "Anna",
      userId: null,
      sessionId: null,
      verdict: "bad-credentials",
      evidence: "Evidence of a999.",
      setupMs: null,
      count: 1000,
      firstAt: at(0),
      lastTimes: Array.from({ length: 10 }, (_, i) => at(999 - i)),
    });
    assert.deepEqual(
      trace.map(({ text }) => text),
      ["a999"],
    );
  });

test("another user, address or verdict is another row, and so is nobody", async (t) => {
  const { store } = await temporaryStore(t);
  const dials = [{}, { user: "bo" }, { address: "192.0.2.2" }, { verdict: "user-disabled" }, { user: null }];
  for (const [i, dial] of [...dials, ...dials].entries()) {
    refuse(store, { id: `a${i}`, ...dial });
    await store.records.settled();
  }
  assert.deepEqual(await rows(store), ["a9 ×2", "a8 ×2", "a7 ×2", "a6 ×2", "a5 ×2"]);
});

test("a dial that came up folds with nothing, and a refusal not with it", async (t) => {
  const { store } = await temporaryStore(t);
  for (const id of ["up1", "up2"]) {
    store.records.begin({ id, startedAt: at(0), clientAddress: "192.0.2.1" });
    store.records.update(id, {
      user: "anna",
      sessionId: `s-${id}`,
      verdict: "client-hung-up",
      endedAt: at(1),
    });
    await store.records.settled();
  }
  refuse(store, { id: "a1", verdict: "client-hung-up" });
  await store.records.settled();
  assert.deepEqual(await rows(store), ["a1 ×1", "up2 ×1", "up1 ×1"]);
});

test("a clock that was set back between two refusals leaves the earlier of both as the first time", async (t) => {
  const { store } = await temporaryStore(t);
  refuse(store, { id: "a1", minute: 60 });
  refuse(store, { id: "a2", minute: 5 });
  await store.records.settled();
  const row = (await store.attempts.find("a2"))!;
  assert.deepEqual([row.count, row.firstAt, row.lastTimes], [2, at(5), [at(5), at(60)]]);
});

test("twelve addresses with a new name for each dial push out neither the dials that came up nor another's refusal", async (t) => {
  const { store } = await temporaryStore(t, { keepAttempts: 100 });
  store.records.begin({ id: "up", startedAt: at(0), clientAddress: "198.51.100.7" });
  store.records.update("up", { user: "anna", sessionId: "s1", verdict: "client-hung-up", endedAt: at(1) });
  refuse(store, { id: "known", address: "198.51.100.7", userId: "u1" });
  refuse(store, { id: "blocked", address: "198.51.100.8", user: null, verdict: "gre-blocked" });
  for (let i = 0; i < 1200; i++) {
    refuse(store, { id: `x${i}`, minute: i, address: `203.0.113.${i % 12}`, user: `name-${i}` });
    if (i % 20 === 0) await store.records.settled();
  }
  await store.records.settled();
  const kept = await rows(store);
  for (const id of ["up", "known", "blocked"]) assert.ok(kept.includes(`${id} ×1`), id);
  assert.ok(kept.length <= 2 + 100 + 20 + 10, String(kept.length));
  // Of the twelve, each has as many on record as the others.
  const { items } = await store.attempts.list({ limit: 1000 });
  const perAddress = Map.groupBy(items, ({ clientAddress }) => clientAddress);
  const counts = [...perAddress]
    .filter(([address]) => address.startsWith("203"))
    .map(([, all]) => all.length);
  assert.equal(counts.length, 12);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 2, counts.join(" "));
});

test("names that nobody has cannot push out the refusals of a user who dials from the same address", async (t) => {
  const { store } = await temporaryStore(t, { keepAttempts: 50 });
  refuse(store, { id: "known", userId: "u1" });
  for (let i = 0; i < 500; i++) {
    refuse(store, { id: `x${i}`, user: `name-${i}` });
    if (i % 10 === 0) await store.records.settled();
  }
  assert.ok((await rows(store)).includes("known ×1"));
});

for (const how of ["one after the other", "all at once"])
  test(`a user's refusals and nobody's do not become one where white space at an end is the difference, written ${how}`, async (t) => {
    const { store } = await temporaryStore(t);
    for (const [id, user, userId] of [
      ["a1", "anna", "u1"],
      ["a2", "anna ", null],
      ["a3", "ANNA", "u1"],
      ["a4", "anna\u00a0", null],
    ] as const) {
      refuse(store, { id, user, userId });
      if (how === "one after the other") await store.records.settled();
    }
    await store.records.settled();
    assert.deepEqual(await rows(store), ["a4 ×2", "a3 ×2"]);
  });
