import assert from "node:assert/strict";
import { test } from "node:test";
import type { PacdEvent } from "../../../server/events/register.ts";
import type { EventStore, KeptEvent } from "../../../server/store/events/event-types.ts";
import { MAX_WAITING_EVENTS } from "../../../server/store/events/limits.ts";
import { seconds } from "../../../server/wire/units.ts";
import { faultyStore, lock } from "../../support/faulty-store.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const AT = "2026-01-02T12:00:00.000Z";
const up = (
  id: number,
  user = "alice",
  group: string | null = null,
  address = "198.51.100.7",
): PacdEvent => ({
  id,
  at: AT,
  type: "pool-nearly-empty",
  subject: { user, group, addresses: [address, `10.77.0.${id % 256}`] },
  data: { pool: "guests", free: id, total: 9, threshold: 1 },
});
const ids = (events: readonly KeptEvent[]) => events.map(({ id }) => id);
const all = async (events: EventStore) => ids(await events.read({ after: 0, limit: 1000 }));

test("what was added is read at once, in order, and after a restart as well", async (t) => {
  const { store, directory } = await temporaryStore(t);
  assert.equal(store.events.lastId, 0);
  for (const id of [1, 2, 3]) store.events.add(up(id));
  assert.deepEqual(ids(await store.events.read({ after: 1, limit: 10 })), [2, 3]);
  await store.close();
  const again = await temporaryStore(t, { directory });
  assert.equal(again.store.events.lastId, 3);
  const [first] = await again.store.events.read({ after: 0, limit: 1 });
  assert.deepEqual(first, { id: 1, at: AT, type: "pool-nearly-empty", data: JSON.stringify(up(1).data) });
});

for (const written of [false, true])
  test(`filters find the same ${written ? "in the database" : "in memory"}`, async (t) => {
    const { store } = await temporaryStore(t);
    const { events } = store;
    events.add(up(1, "Alice", "Staff"));
    events.add(up(2, "bob", null, "203.0.113.9"));
    events.add({
      id: 3,
      at: AT,
      type: "condition-cleared",
      data: { code: "x", subject: "", lastedSeconds: 1 },
    });
    if (written) await events.settled();
    const found = async (filter: object) => ids(await events.read({ after: 0, limit: 10, ...filter }));
    assert.deepEqual(await found({ user: "aLiCe" }), [1]);
    assert.deepEqual(await found({ group: "staff" }), [1]);
    assert.deepEqual(await found({ address: "203.0.113.9" }), [2]);
    assert.deepEqual(await found({ address: "10.77.0.1" }), [1]);
    assert.deepEqual(await found({ types: ["condition-cleared"] }), [3]);
    assert.deepEqual(await found({ types: ["condition-cleared"], user: "alice" }), []);
    assert.deepEqual(await found({ from: "2026-01-02T12:00:00.001Z" }), []);
    assert.deepEqual(await found({ after: 2 }), [3]);
  });

test("while the database is locked nothing is lost: read from memory, and written when it is free", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  const free = lock(t, directory);
  for (const id of [1, 2, 3]) store.events.add(up(id));
  await clock.advance(seconds(30));
  assert.deepEqual(await all(store.events), [1, 2, 3]);
  assert.deepEqual(store.events.figures(), { waiting: 3, dropped: 0 });
  free();
  await clock.advance(seconds(2));
  assert.deepEqual(store.events.figures(), { waiting: 0, dropped: 0 });
  assert.deepEqual(await all(store.events), [1, 2, 3]);
});

test("what comes up to the end is written, what is audited in it as well, and nothing is tried after it", async (t) => {
  const { store, directory, clock, errors } = await faultyStore(t);
  store.audit.watch(() => store.events.add(up(2)));
  store.events.add(up(1));
  store.audit.own({ action: "stop", target: { kind: "server" } });
  await store.close();
  await clock.advance(seconds(5));
  assert.deepEqual(errors, []);
  const again = await temporaryStore(t, { directory });
  assert.deepEqual(await all(again.store.events), [1, 2]);
});

test("of more than can wait the oldest give way to one row that says how many they were", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  const free = lock(t, directory);
  const many = MAX_WAITING_EVENTS + 300;
  for (let id = 1; id <= many; id++) store.events.add(up(id));
  assert.equal(store.events.figures().waiting, MAX_WAITING_EVENTS);
  free();
  await clock.advance(seconds(5));
  await store.events.settled();
  const [gap, next] = await store.events.read({ after: 0, limit: 2 });
  assert.deepEqual([gap?.type, gap?.id, gap?.data], ["gap", 301, JSON.stringify({ lost: 301 })]);
  assert.equal(next?.id, 302);
  assert.deepEqual(store.events.figures(), { waiting: 0, dropped: 301 });
  // Nobody knows what was lost: whoever filters is told as well.
  const found = await store.events.read({ after: 0, limit: 9, user: "bob" });
  assert.deepEqual(ids(found), [301]);
});

test("the latest are kept by number, and what is asked for beyond that is known to be forgotten", async (t) => {
  const { store } = await temporaryStore(t);
  const { events } = store;
  events.retain(() => ({ keep: 150, days: 0 }));
  for (let id = 1; id <= 1000; id++) {
    events.add(up(id));
    if (id % 100 === 0) await events.settled();
  }
  const kept = await all(events);
  assert.ok(kept.length >= 150 && kept.length <= 350, String(kept.length));
  assert.equal(kept.at(-1), 1000);
  assert.equal(await events.reaches(5), false);
  assert.equal(await events.reaches(kept[0]!), true);
});

test("those that are older than so many days are forgotten", async (t) => {
  const { store } = await temporaryStore(t);
  const { events } = store;
  events.retain(() => ({ keep: 1000, days: 30 }));
  events.add({ ...up(1), at: "2025-12-03T11:59:59.999Z" });
  events.add({ ...up(2), at: "2025-12-03T12:00:00.001Z" });
  await events.settled();
  assert.deepEqual(await all(events), [2]);
});
