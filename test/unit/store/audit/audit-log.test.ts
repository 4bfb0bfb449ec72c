import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuditEntry } from "../../../../server/store/audit/audit-types.ts";
import { SINGLE, WINDOW } from "../../../../server/store/audit/folding.ts";
import { seconds } from "../../../../server/wire/units.ts";
import { faultyStore, lock } from "../../../support/faulty-store.ts";
import { temporaryStore } from "../../../support/temporary-store.ts";

const ADMIN = { kind: "token", name: "admin", id: "admin", role: "admin" } as const;
const NOBODY = { kind: "nobody", name: null, id: null, role: null } as const;

const entry = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: ADMIN,
  from: { address: "192.0.2.1", pid: null },
  requestId: "r1",
  action: "changeUser",
  target: { kind: "user", name: "anna", id: "u1" },
  before: { name: "anna", enabled: true },
  after: { name: "anna", enabled: false },
  result: "done",
  status: 200,
  code: null,
  ...change,
});

const refused = (change: Partial<AuditEntry> = {}) =>
  entry({ actor: NOBODY, result: "refused", status: 401, code: "unauthorized", ...change });

test("a record is found after the store was closed and opened again, with what differs and no more", async (t) => {
  const { store, directory } = await temporaryStore(t);
  store.audit.add(entry());
  assert.equal(await store.audit.settled(), true);
  await store.close();
  const again = (await temporaryStore(t, { directory })).store;
  const { items } = await again.audit.list({ limit: 10 });
  assert.equal(items.length, 1);
  const { id, ...record } = items[0]!;
  assert.deepEqual(record, {
    at: "2026-01-02T12:00:00.000Z",
    lastAt: "2026-01-02T12:00:00.000Z",
    count: 1,
    actor: ADMIN,
    from: { address: "192.0.2.1", pid: null },
    requestId: "r1",
    action: "changeUser",
    target: { kind: "user", name: "anna", id: "u1" },
    before: { enabled: true },
    after: { enabled: false },
    effects: null,
    result: "done",
    status: 200,
    code: null,
  });
  assert.deepEqual(await again.audit.find(id), items[0]);
});

test("what is not written yet is listed and found as if it were", async (t) => {
  const { store } = await temporaryStore(t);
  store.audit.add(entry());
  store.audit.own({ action: "start", target: { kind: "server" } });
  const { items } = await store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ action }) => action),
    ["start", "changeUser"],
  );
  await store.audit.settled();
  assert.deepEqual(await store.audit.list({ limit: 10 }), { items });
});

test("pages go on where the last one ended, over records in memory and in the database", async (t) => {
  const { store } = await temporaryStore(t);
  for (let i = 0; i < 5; i++) store.audit.add(entry({ requestId: `r${i}` }));
  await store.audit.settled();
  for (let i = 5; i < 8; i++) store.audit.add(entry({ requestId: `r${i}` }));
  const seen: (string | null)[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.audit.list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items.map(({ requestId }) => requestId));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  assert.deepEqual(seen, ["r7", "r6", "r5", "r4", "r3", "r2", "r1", "r0"]);
});

test("refusals alike are counted in one record past the first few, and anew after the window", async (t) => {
  const { store, clock } = await faultyStore(t);
  for (let i = 0; i < 100; i++) store.audit.add(refused());
  store.audit.add(refused({ from: { address: "192.0.2.2", pid: null } }));
  const counts = async () => (await store.audit.list({ limit: 100 })).items.map(({ count }) => count);
  assert.deepEqual(await counts(), [1, 100 - SINGLE, ...Array(SINGLE).fill(1)]);
  await store.audit.settled();
  assert.deepEqual(await counts(), [1, 100 - SINGLE, ...Array(SINGLE).fill(1)]);
  await clock.advance(WINDOW);
  store.audit.add(refused());
  assert.equal((await counts()).length, SINGLE + 3);
});

test("strangers from a thousand addresses are a few records", async (t) => {
  const { store } = await temporaryStore(t);
  for (let i = 0; i < 1000; i++)
    store.audit.add(refused({ from: { address: `192.0.${i >> 8}.${i & 255}`, pid: null } }));
  const { items } = await store.audit.list({ limit: 1000 });
  assert.equal(items.length, 21);
  assert.equal(
    items.reduce((sum, { count }) => sum + count, 0),
    1000,
  );
});

test("what is done is never counted together", async (t) => {
  const { store } = await temporaryStore(t);
  for (let i = 0; i < 50; i++) store.audit.add(entry());
  assert.equal((await store.audit.list({ limit: 100 })).items.length, 50);
});

test("while the database is locked records wait, a condition says so, and they are written afterwards", async (t) => {
  const { store, directory, clock, holding } = await faultyStore(t);
  const release = lock(t, directory);
  store.audit.add(entry());
  assert.equal(await store.audit.settled(), false);
  await clock.advance(seconds(2));
  assert.equal(await store.audit.settled(), false);
  assert.deepEqual(holding(), ["audit-waiting"]);
  assert.equal(store.audit.figures().waiting, 1);
  release();
  assert.equal(await store.audit.settled(), true);
  assert.deepEqual(holding(), []);
  assert.deepEqual(store.audit.figures(), { waiting: 0, written: 1, dropped: 0 });
});

test("of too many that wait, refusals are given up first, counted, and a condition says so", async (t) => {
  const { store, directory, clock, holding } = await faultyStore(t);
  const release = lock(t, directory);
  store.audit.add(entry());
  for (let i = 0; i < 10_000; i++)
    store.audit.add(entry({ result: "refused", code: "user-exists", action: `a${i % 4000}` }));
  assert.equal(store.audit.figures().dropped, 0, "those alike are one");
  for (let i = 0; i < 9_999; i++) store.audit.own({ action: `b${i}`, target: { kind: "server" } });
  assert.ok(store.audit.figures().dropped > 0);
  assert.equal(store.audit.figures().waiting, 10_000);
  assert.ok(holding().includes("audit-dropped"));
  const { items } = await store.audit.list({ limit: 1, action: "changeUser" });
  assert.equal(items.length, 1);
  release();
  await clock.advance(seconds(2));
  assert.equal(await store.audit.settled(), true);
  assert.deepEqual(holding(), []);
});

test("listeners hear of each record once, with its secrets gone", async (t) => {
  const { store } = await temporaryStore(t);
  const heard: unknown[] = [];
  const stop = store.audit.watch((record) => heard.push([record.action, record.after]));
  store.audit.add(entry({ before: null, after: { name: "anna", password: "canary" } }));
  stop();
  store.audit.add(entry());
  assert.deepEqual(heard, [["changeUser", { name: "anna" }]]);
});
