import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_WEBHOOKS } from "../../server/store/webhooks/limits.ts";
import { Deliverer } from "../../server/webhooks/deliverer.ts";
import { HOOK, Receiver } from "../support/webhooks.ts";
import { ALICE, client } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

function deliverer(world: World, receiver: Receiver): Deliverer {
  const { clock, conditions, store, events, random } = world;
  return new Deliverer({
    clock,
    log: { error: (_fields, text) => void world.errors.push(text) },
    bus: events.bus,
    events: store.events,
    webhooks: store.webhooks,
    poster: receiver,
    conditions,
    random,
    version: "1.2.3",
    disabled() {},
  });
}

/** Alice dials and hangs up, so many times; how long each took to its session, in ms of the virtual clock. */
async function dials(world: World, count: number): Promise<readonly (number | null)[]> {
  await world.store.users.create(ALICE);
  for (let i = 0; i < count; i += 1) {
    const alice = client(world);
    alice.dial();
    await world.settle();
    assert.equal(world.concentrator.sessionCount, 1, `dial ${i}`);
    alice.tcp?.close();
    await world.settle();
  }
  const { items } = await world.store.attempts.list({ limit: 1000 });
  return items.map(({ setupMs }) => setupMs);
}

test("dials come up as fast while every web hook there may be answers nothing", async (t) => {
  const without = await dials(await createWorld(t), 10);
  const world = await createWorld(t);
  const receiver = new Receiver(() => world.clock.now());
  receiver.answers = ["never"];
  const made = deliverer(world, receiver);
  for (let i = 0; i < MAX_WEBHOOKS; i += 1) await world.store.webhooks.create(HOOK);
  assert.deepEqual(await dials(world, 10), without);
  assert.equal(receiver.open, MAX_WEBHOOKS, "each hangs in its first request");
  await world.clock.advance(60_000);
  await made.stop();
  assert.deepEqual([receiver.open, world.errors], [0, []]);
});

test("sessions and their ends come in the order in which they happened, over a restart as well", async (t) => {
  const world = await createWorld(t);
  const receiver = new Receiver(() => world.clock.now());
  const first = deliverer(world, receiver);
  await world.store.webhooks.create({ ...HOOK, filter: { types: ["session-up", "session-down"] } });
  receiver.answers = [204, 503];
  await dials(world, 3);
  await world.clock.advance(1000);
  await first.stop();
  receiver.answers = [204];
  const second = deliverer(world, receiver);
  for (let i = 0; i < 10; i += 1) await world.clock.advance(1000);
  await second.stop();
  const told = receiver.sent.map(({ body }) => JSON.parse(body) as { id: number; type: string });
  const once = told.filter(({ id }, i) => told.findIndex((other) => other.id === id) === i);
  const pair = ["session-up", "session-down"];
  assert.deepEqual(
    once.map(({ type }) => type),
    [...pair, ...pair, ...pair],
  );
  assert.deepEqual(
    once.map(({ id }) => id),
    once.map(({ id }) => id).sort((a, b) => a - b),
  );
  assert.ok(told.length > once.length, "what failed came again");
});
