import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { KEEP_DELIVERIES, MAX_WEBHOOKS } from "../../../server/store/webhooks/limits.ts";
import type { Delivery } from "../../../server/store/webhooks/webhook-types.ts";
import { faultyStore, lock } from "../../support/faulty-store.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";
import { HOOK, SECRET } from "../../support/webhooks.ts";

const DELIVERY: Delivery = {
  eventId: 7,
  eventType: "session-up",
  attempt: 1,
  at: NOON,
  durationMs: 12.5,
  status: 204,
  result: "delivered",
  detail: "It answered 204.",
};

test("a web hook is what was given, also for the pacd after, and its secret is sealed", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const filter = { types: ["session-up", "session-down"], user: "Änne" } as const;
  const made = await store.webhooks.create({ ...HOOK, filter, cursor: 41 });
  const { secret: _secret, ...given } = HOOK;
  assert.deepEqual(made, {
    ...given,
    filter,
    cursor: 41,
    id: made.id,
    attempts: 0,
    triedSince: null,
    failures: 0,
    nextAt: null,
    failingSince: null,
    disabledBecause: null,
    lastDelivery: null,
    createdAt: NOON,
    updatedAt: NOON,
  });
  store.webhooks.note(made.id, { cursor: 42, failures: 3, failingSince: NOON }, DELIVERY);
  await store.close();
  for (const name of readdirSync(directory))
    assert.ok(!readFileSync(join(directory, name)).includes(SECRET), name);
  const { store: next } = await temporaryStore(t, { directory });
  assert.equal(next.webhooks.secretOf(made.id), SECRET);
  assert.deepEqual(next.webhooks.all(), [
    { ...made, cursor: 42, failures: 3, failingSince: NOON, lastDelivery: DELIVERY },
  ]);
});

test("another URL, another secret and being enabled again end the wait; a description does not", async (t) => {
  const { store } = await temporaryStore(t);
  const { webhooks } = store;
  const { id } = await webhooks.create(HOOK);
  const failing = { attempts: 2, triedSince: NOON, failures: 2, nextAt: NOON, failingSince: NOON };
  for (const [change, waits] of [
    [{ description: "x" }, true],
    [{ filter: { user: "anna" } }, true],
    [{ enabled: true }, true],
    [{ url: "https://other.example.com/" }, false],
    [{ secret: `${SECRET}-anew` }, false],
    [{ cursor: 9 }, false],
  ] as const) {
    webhooks.note(id, failing);
    const changed = await webhooks.change(id, change);
    assert.equal(changed.nextAt === NOON && changed.attempts === 2, waits, JSON.stringify(change));
  }
  webhooks.note(id, failing);
  webhooks.disable(id, "Nothing was taken.");
  assert.deepEqual(
    [webhooks.get(id)!.enabled, webhooks.get(id)!.disabledBecause],
    [false, "Nothing was taken."],
  );
  const enabled = await webhooks.change(id, { enabled: true });
  assert.deepEqual([enabled.enabled, enabled.disabledBecause, enabled.failures], [true, null, 0]);
  assert.equal(webhooks.secretOf(id), `${SECRET}-anew`);
});

test("deliveries are listed newest first, in pages, by result, and the latest are kept", async (t) => {
  const { store } = await temporaryStore(t);
  const { webhooks } = store;
  const { id } = await webhooks.create(HOOK);
  const other = await webhooks.create(HOOK);
  webhooks.note(other.id, {}, DELIVERY);
  for (let round = 0; round < 12; round += 1) {
    for (let i = 0; i < 60; i += 1) {
      const number = round * 60 + i;
      const result = number % 10 === 0 ? "failed" : "delivered";
      webhooks.note(id, { cursor: number }, { ...DELIVERY, eventId: number, result });
    }
    await webhooks.settled();
  }
  const first = await webhooks.deliveries(id, { limit: 1000 });
  assert.ok(first.items.length >= KEEP_DELIVERIES && first.items.length <= KEEP_DELIVERIES + 60);
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = await webhooks.deliveries(id, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  assert.deepEqual(pages, first.items);
  assert.deepEqual(
    first.items.slice(0, 2).map(({ eventId }) => eventId),
    [719, 718],
  );
  const failed = await webhooks.deliveries(id, { limit: 2, result: "failed" });
  assert.deepEqual(
    failed.items.map(({ eventId }) => eventId),
    [710, 700],
  );
  assert.equal((await webhooks.deliveries(other.id, { limit: 10 })).items.length, 1);
  await assert.rejects(webhooks.deliveries("none", { limit: 10 }), { code: "webhook-not-found" });
});

test("deliveries are kept no longer than so many days", async (t) => {
  const { store, clock } = await faultyStore(t);
  const { webhooks } = store;
  webhooks.retain(() => 2);
  const { id } = await webhooks.create(HOOK);
  const now = () => clock.date().toISOString();
  webhooks.note(id, {}, { ...DELIVERY, at: now(), eventId: 1 });
  await clock.advance(3 * 86_400_000);
  for (let i = 2; i < 60; i += 1) webhooks.note(id, {}, { ...DELIVERY, at: now(), eventId: i });
  await clock.advance(1000);
  const { items } = await webhooks.deliveries(id, { limit: 100 });
  assert.deepEqual([items.length, items.at(-1)?.eventId], [58, 2]);
});

test("one that is removed takes its deliveries along, and what was noted for it is nothing", async (t) => {
  const { store } = await temporaryStore(t);
  const { webhooks } = store;
  const { id } = await webhooks.create(HOOK);
  webhooks.note(id, { cursor: 1 }, DELIVERY);
  const told: string[] = [];
  const unwatch = webhooks.watch((one) => told.push(one));
  await webhooks.remove(id);
  webhooks.note(id, { cursor: 2 }, DELIVERY);
  await webhooks.settled();
  assert.deepEqual([webhooks.all(), webhooks.get(id), told], [[], undefined, [id]]);
  await assert.rejects(webhooks.remove(id), { code: "webhook-not-found" });
  await assert.rejects(webhooks.change(id, {}), { code: "webhook-not-found" });
  assert.throws(() => webhooks.secretOf(id), { code: "webhook-not-found" });
  unwatch();
});

test("there are so many and no more", async (t) => {
  const { store } = await temporaryStore(t);
  for (let i = 0; i < MAX_WEBHOOKS; i += 1) await store.webhooks.create(HOOK);
  await assert.rejects(store.webhooks.create(HOOK), { code: "too-many-webhooks" });
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = store.webhooks.list({ limit: 10, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);
  assert.deepEqual(
    ids,
    store.webhooks.all().map(({ id }) => id),
  );
});

test("while another program holds the database, what is noted waits, and no timer is left at the end", async (t) => {
  const { store, directory, clock, errors } = await faultyStore(t);
  const { webhooks } = store;
  const { id } = await webhooks.create(HOOK);
  await clock.advance(5000);
  const unlock = lock(t, directory);
  webhooks.note(id, { cursor: 5 }, DELIVERY);
  await clock.advance(5000);
  assert.deepEqual((await webhooks.deliveries(id, { limit: 10 })).items, []);
  assert.equal(webhooks.get(id)!.cursor, 5);
  unlock();
  await clock.advance(3000);
  assert.deepEqual((await webhooks.deliveries(id, { limit: 10 })).items, [DELIVERY]);
  assert.deepEqual(errors, []);
  webhooks.note(id, { cursor: 6 });
  await store.close();
  assert.equal(clock.pending(), 0);
  const next = await temporaryStore(t, { directory });
  assert.equal(next.store.webhooks.get(id)!.cursor, 6);
});
