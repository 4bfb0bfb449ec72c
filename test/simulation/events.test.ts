import assert from "node:assert/strict";
import { test } from "node:test";
import type { PacdEvent } from "../../server/events/register.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { client, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

function heard(world: World): PacdEvent[] {
  const events: PacdEvent[] = [];
  world.events.bus.watch((event) => void events.push(event));
  return events;
}

const summary = (events: readonly PacdEvent[]) =>
  events.map(({ type, data }) => ({ type, ...data }) as Record<string, unknown> & { readonly type: string });

test("a dial that comes up and hangs up is two events, with the IDs of session and attempt", async (t) => {
  const world = await createWorld(t);
  const events = heard(world);
  const alice = await withAliceUp(world);
  const [session] = world.concentrator.sessions();
  alice.tcp?.close();
  await world.settle();
  const { items } = await world.store.attempts.list({ limit: 1 });
  const [up, down, ...more] = summary(events);
  assert.deepEqual(more, []);
  const facts = { session: session!.id, attempt: items[0]!.id, user: "alice", clientAddress: "198.51.100.7" };
  for (const [name, value] of Object.entries({ ...facts, assignedAddress: "10.77.0.10" }))
    assert.deepEqual([up?.[name], down?.[name]], [value, value], name);
  assert.deepEqual([up?.type, down?.type], ["session-up", "session-down"]);
  assert.equal(down?.["verdict"], items[0]!.verdict);
});

test("wrong passwords are one event at once and one a minute, and one when they are slowed", async (t) => {
  const world = await createWorld(t);
  const events = heard(world);
  for (let dial = 0; dial < 12; dial++) {
    const guess = client(world, { user: "nobody", password: `guess ${dial}` });
    guess.dial();
    await world.settle();
    await world.clock.advance(1000);
    guess.tcp?.close();
  }
  await world.clock.advance(60_000);
  const told = summary(events);
  const slowed = told.filter(({ type }) => type === "guessing-slowed");
  assert.deepEqual(
    slowed.map(({ kind, user, userId, address }) => [kind, user, userId, address]),
    [["user-address", "nobody", null, "198.51.100.7"]],
  );
  const failed = told.filter(({ type }) => type === "dial-failed");
  assert.equal(failed[0]?.["count"], 1);
  assert.equal(
    failed.reduce((sum, { count }) => sum + Number(count), 0),
    12,
  );
  assert.ok(failed.length <= 4, `${failed.length} events`);
});

test("a pool of which a tenth is left is an event", async (t) => {
  const last = parseIpv4("10.77.0.12")!;
  const world = await createWorld(t, (config) => ({
    ...config,
    tunnel: { ...config.tunnel, pool: [{ first: parseIpv4("10.77.0.10")!, last }] },
  }));
  const events = heard(world);
  await withAliceUp(world);
  client(world, {}, "198.51.100.8").dial();
  await world.settle();
  await world.clock.advance(5000);
  assert.deepEqual(
    summary(events)
      .filter(({ type }) => type === "pool-nearly-empty")
      .map(({ pool, free, total, threshold }) => [pool, free, total, threshold]),
    [["tunnel.pool", 1, 3, 1]],
  );
});
