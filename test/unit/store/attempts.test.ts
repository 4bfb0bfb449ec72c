import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store, TraceEntry } from "../../../server/store/store-types.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

const LATER = "2026-01-02T12:00:05.000Z";
const TRACE: readonly TraceEntry[] = [
  { at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request id=1" },
  { at: 12.5, from: "server", layer: "lcp", text: 'Configure-Request "quoted" \\ \u2028' },
];

const ONCE = { count: 1, firstAt: NOON, lastTimes: [NOON] };

const begin = (store: Store, id: string, clientAddress = "192.0.2.1") =>
  store.records.begin({ id, startedAt: NOON, clientAddress });
const ids = async (store: Store) => (await store.attempts.list({ limit: 1000 })).items.map(({ id }) => id);

test("an attempt begins in progress, without user, session, end or trace", async (t) => {
  const { store } = await temporaryStore(t);
  begin(store, "a1");
  assert.deepEqual(await store.attempts.find("a1"), {
    id: "a1",
    startedAt: NOON,
    endedAt: null,
    clientAddress: "192.0.2.1",
    user: null,
    userId: null,
    sessionId: null,
    verdict: "in-progress",
    evidence: "",
    setupMs: null,
    ...ONCE,
    trace: [],
  });
  assert.equal(await store.attempts.find("a2"), undefined);
});

test("an update sets what is given and leaves the rest", async (t) => {
  const { store } = await temporaryStore(t);
  begin(store, "a1");
  store.records.update("a1", { user: "anna", sessionId: "s1", verdict: "connected", setupMs: 34.5 });
  store.records.update("a1", { endedAt: LATER, evidence: "The client hung up.", trace: TRACE });
  assert.deepEqual(await store.attempts.find("a1"), {
    id: "a1",
    startedAt: NOON,
    endedAt: LATER,
    clientAddress: "192.0.2.1",
    user: "anna",
    userId: null,
    sessionId: "s1",
    verdict: "connected",
    evidence: "The client hung up.",
    setupMs: 34.5,
    ...ONCE,
    trace: TRACE,
  });
});

test("an update of nothing, or of an unknown attempt, changes nothing", async (t) => {
  const { store } = await temporaryStore(t);
  begin(store, "a1");
  const before = await store.attempts.find("a1");
  store.records.update("a1", {});
  store.records.update("a2", { verdict: "connected" });
  assert.deepEqual(await store.attempts.find("a1"), before);
  assert.deepEqual(await ids(store), ["a1"]);
});

test("the list is newest first and has no traces", async (t) => {
  const { store } = await temporaryStore(t);
  for (const id of ["a1", "a2"]) begin(store, id);
  const { items } = await store.attempts.list({ limit: 5 });
  const { trace: _, ...summary } = (await store.attempts.find("a2"))!;
  assert.deepEqual(items[0], summary);
  assert.equal(items[1]?.id, "a1");
});

test("the list by user minds no case, the list by address is exact, and both can be asked at once", async (t) => {
  const { store } = await temporaryStore(t);
  begin(store, "a1", "192.0.2.1");
  begin(store, "a2", "192.0.2.10");
  begin(store, "a3", "192.0.2.1");
  store.records.update("a1", { user: "Anna" });
  store.records.update("a2", { user: "anna" });
  const asked = async (filter: { user?: string; address?: string }) =>
    (await store.attempts.list({ limit: 5, ...filter })).items.map(({ id }) => id);
  assert.deepEqual(await asked({ user: "ANNA" }), ["a2", "a1"]);
  assert.deepEqual(await asked({ address: "192.0.2.1" }), ["a3", "a1"]);
  assert.deepEqual(await asked({ user: "anna", address: "192.0.2.1" }), ["a1"]);
  assert.deepEqual(await asked({ user: "nobody" }), []);
});

test("beyond the number that is kept the oldest dials that came up are forgotten, a tenth late at most", async (t) => {
  const { store } = await temporaryStore(t, { keepAttempts: 50 });
  for (let i = 1; i <= 200; i++) {
    begin(store, `a${i}`);
    store.records.update(`a${i}`, { endedAt: LATER, verdict: "client-hung-up", sessionId: `s${i}` });
    await store.records.settled();
    assert.ok((await ids(store)).length <= 55);
  }
  const kept = await ids(store);
  assert.deepEqual(
    kept.slice(0, 50),
    Array.from({ length: 50 }, (_, i) => `a${200 - i}`),
  );
});

test("an attempt that has not ended is never forgotten", async (t) => {
  const { store } = await temporaryStore(t, { keepAttempts: 10 });
  begin(store, "long");
  for (let i = 1; i <= 100; i++) {
    begin(store, `a${i}`);
    store.records.update(`a${i}`, { endedAt: LATER, sessionId: `s${i}` });
    await store.records.settled();
  }
  assert.equal((await store.attempts.find("long"))?.verdict, "in-progress");
  assert.equal((await ids(store)).length, 11);
});

test("a store that is reopened to keep less catches up", async (t) => {
  const { store, directory } = await temporaryStore(t, { keepAttempts: 300 });
  for (let i = 1; i <= 300; i++) {
    begin(store, `a${i}`);
    store.records.update(`a${i}`, { endedAt: LATER, sessionId: `s${i}` });
  }
  await store.close();
  const { store: smaller } = await temporaryStore(t, { directory, keepAttempts: 20 });
  for (let i = 301; i <= 600; i++) {
    begin(smaller, `a${i}`);
    smaller.records.update(`a${i}`, { endedAt: LATER, sessionId: `s${i}` });
    await smaller.records.settled();
  }
  assert.ok((await ids(smaller)).length <= 22);
});
