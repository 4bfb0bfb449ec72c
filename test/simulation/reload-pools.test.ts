import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { ALICE, BOB, client, inner, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

const parsed = (toml: string): Config => parseConfig(toml, "/etc/pacd/pacd.toml");
const pool = (entry: string, more = ""): Config => parsed(`[tunnel]\npool = ["${entry}"]\n${more}`);

/** Goes over to another configuration, as a reload does. */
async function goOver(world: World, next: Config): Promise<number> {
  const before = world.config;
  world.concentrator.configure(next);
  const ended = world.concentrator.endWithdrawn(before);
  await world.settle();
  await world.clock.advance(5_000);
  return ended;
}

test("a session whose address is in a pool still is not touched", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  assert.equal(alice.address, "10.77.0.10");
  const seen = [...alice.seen];
  assert.equal(await goOver(world, pool("10.77.0.10-10.77.0.11")), 0);
  assert.deepEqual(alice.seen, seen);
  alice.send(inner("10.77.0.10", "10.1.2.3", 20));
  await world.settle();
  assert.equal(world.tun.take().length, 1);
});

test("one whose address is in none ends, is told so, and the next dial gets a new one", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const next = pool("10.78.0.1-10.78.0.9");
  assert.deepEqual(world.concentrator.effectsOf(next), { sessions: 1, ending: 1, noLongerAllowed: 0 });
  assert.equal(await goOver(world, next), 1);
  assert.deepEqual(alice.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "address-withdrawn");
  assert.equal(evidence, "The configuration was changed: 10.77.0.10 is in no pool any more.");
  const again = client(world);
  again.dial();
  await world.settle();
  assert.equal(again.address, "10.78.0.1");
});

test("a user's own address may lie outside of all pools: the session stays", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...BOB, staticAddress: "10.77.0.50" });
  const bob = client(world, { user: "bob", password: BOB.password });
  bob.dial();
  await world.settle();
  assert.equal(bob.address, "10.77.0.50");
  assert.equal(await goOver(world, pool("10.78.0.1-10.78.0.9")), 0);
  assert.equal(world.concentrator.sessions().length, 1);
});

test("an address that goes over into another pool stays with whoever has it", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  const next = pool("10.78.0.1-10.78.0.9", '[pools]\nguests = ["10.77.0.10-10.77.0.11"]');
  assert.equal(await goOver(world, next), 0);
  assert.deepEqual(
    world.concentrator.status().pools.map(({ name, used, free }) => [name, used, free]),
    [
      ["tunnel.pool", 0, 9],
      ["guests", 1, 1],
    ],
  );
});

test("an address that becomes the concentrator's own is taken from whoever has it", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  const next = parsed('[tunnel]\nlocal_address = "10.77.0.10"');
  assert.equal(await goOver(world, next), 1);
  assert.match((await lastAttempt(world)).evidence, /10\.77\.0\.10 is the concentrator's own address now/);
  const again = client(world);
  again.dial();
  await world.settle();
  assert.equal(again.address, "10.77.0.11");
});

test("a dial that has its address and is not up yet ends as well", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const caller = client(world);
  caller.dial();
  const [address, receive] = [...world.receivers][0]!;
  // The client hears nothing of what follows the log-in: it has an address, and IPCP is not open.
  world.receivers.set(address, (bytes) =>
    world.concentrator.status().pools[0]!.used > 0 ? undefined : receive(bytes),
  );
  await world.settle();
  assert.equal(world.concentrator.status().pools[0]!.used, 1);
  assert.equal(await goOver(world, pool("10.78.0.1-10.78.0.9")), 0);
  assert.equal((await lastAttempt(world)).verdict, "address-withdrawn");
  assert.equal(world.concentrator.status().pools[0]!.used, 0);
});

test("sessions that came up in a way that is allowed no more are counted, and stay", async (t) => {
  const both = parsed('[security]\nmppe_strengths = [128, 40]\nauthentication = ["ms-chap-v2", "pap"]');
  const world = await createWorld(t, () => both);
  await withAliceUp(world);
  assert.deepEqual(world.concentrator.effectsOf(parsed("")), { sessions: 1, ending: 0, noLongerAllowed: 0 });
  const only40 = parsed("[security]\nmppe_strengths = [40]");
  assert.deepEqual(world.concentrator.effectsOf(only40), { sessions: 1, ending: 0, noLongerAllowed: 1 });
  const onlyPap = parsed('[security]\nauthentication = ["pap"]');
  assert.deepEqual(world.concentrator.effectsOf(onlyPap), { sessions: 1, ending: 0, noLongerAllowed: 1 });
  assert.equal(await goOver(world, only40), 0);
  assert.equal(world.concentrator.sessions().length, 1);
});
