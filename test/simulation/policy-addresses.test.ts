import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { NewUser } from "../../server/store/store-types.ts";
import { ipv4 } from "../../server/wire/ipv4.ts";
import { ALICE, client, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

/** Free addresses by pool, as status shows them. */
const free = (world: World) =>
  Object.fromEntries(world.concentrator.status().pools.map((pool) => [pool.name, pool.free]));
/** Conditions that hold now, with their subjects. */
const holding = (world: World) =>
  world.concentrator.status().conditions.map(({ code, subject }) => `${code} ${subject}`.trim());

const range = (first: number, last: number) => ({ first: ipv4(first), last: ipv4(last) });

/** One address in tunnel.pool, 10.77.0.10, and two in "lab", 10.78.0.1 and 10.78.0.2. */
const pools = (config: Config): Config => ({
  ...config,
  tunnel: { ...config.tunnel, pool: [range(0x0a4d000a, 0x0a4d000a)] },
  pools: new Map([["lab", [range(0x0a4e0001, 0x0a4e0002)]]]),
});

let port = 0;

async function dialled(world: World, name: string, policy: Partial<NewUser> = {}) {
  await world.store.users.create({ ...ALICE, name, ...policy });
  const caller = client(world, { user: name }, `198.51.100.${20 + port++}`);
  caller.dial();
  await world.settle();
  await world.clock.advance(5_000);
  return caller;
}

test("a user with a pool gets an address of it, others never do", async (t) => {
  const world = await createWorld(t, pools);
  assert.equal((await dialled(world, "ada", { pool: "lab" })).address, "10.78.0.1");
  assert.equal((await dialled(world, "ben")).address, "10.77.0.10");
  await dialled(world, "carl");
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "no-address");
  assert.match(attempt.evidence, /All 1 addresses of tunnel\.pool/);
  assert.equal((await dialled(world, "dora", { pool: "lab" })).address, "10.78.0.2");
});

test("status counts the addresses of all pools", async (t) => {
  const world = await createWorld(t, pools);
  await dialled(world, "ada", { pool: "lab" });
  const { addressesFree, addressesTotal } = world.concentrator.status();
  assert.deepEqual([addressesFree, addressesTotal], [2, 3]);
});

test("only when every pool is empty a call is refused as busy", async (t) => {
  const world = await createWorld(t, pools);
  await dialled(world, "ada", { pool: "lab" });
  await dialled(world, "ben", { pool: "lab" });
  const third = await dialled(world, "carl", { pool: "lab" });
  assert.ok(third.seen.includes("success") === false && !third.seen.includes("result 4"));
  assert.match((await lastAttempt(world)).evidence, /All 2 addresses of the pool "lab"/);
  await dialled(world, "dora");
  const fifth = await dialled(world, "emil");
  assert.ok(fifth.seen.includes("result 4"));
  assert.match((await lastAttempt(world)).evidence, /All 3 addresses of all pools/);
});

test("a pool that is not in the configuration is no-address, and the record names it", async (t) => {
  const world = await createWorld(t, pools);
  await dialled(world, "ada", { pool: "cellar" });
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "no-address");
  assert.equal(attempt.evidence, 'The user\'s pool "cellar" is not in the configuration.');
});

test("a static address inside a pool is never handed out by it", async (t) => {
  const world = await createWorld(t, pools);
  await world.store.users.create({ ...ALICE, name: "owner", staticAddress: "10.78.0.1" });
  assert.equal((await dialled(world, "ada", { pool: "lab" })).address, "10.78.0.2");
  const owner = client(world, { user: "owner" });
  owner.dial();
  await world.settle();
  assert.equal(owner.address, "10.78.0.1");
  owner.clearCall();
  await world.settle();
  await dialled(world, "ben", { pool: "lab" });
  assert.equal((await lastAttempt(world)).verdict, "no-address");
});

test("the figures are what the next dial can get, at each step until the pools are empty and back", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    // 10.77.0.10 to .14, and 10.78.0.1 and .2; the concentrator's own address lies outside.
    tunnel: { ...config.tunnel, pool: [range(0x0a4d000a, 0x0a4d000e)] },
    pools: new Map([["lab", [range(0x0a4e0001, 0x0a4e0002)]]]),
  }));
  const figures = () => world.concentrator.status().pools[0]!;
  assert.deepEqual(free(world), { "tunnel.pool": 5, lab: 2 });
  await world.store.users.create({ ...ALICE, name: "owner", staticAddress: "10.77.0.11" });
  await world.store.users.create({ ...ALICE, name: "off", staticAddress: "10.77.0.14", enabled: false });
  await world.store.users.create({ ...ALICE, name: "far", staticAddress: "10.78.0.200" });
  assert.deepEqual(free(world), { "tunnel.pool": 3, lab: 2 });
  const callers = [];
  for (const [name, address, left] of [
    ["ada", "10.77.0.10", 2],
    ["ben", "10.77.0.12", 1],
    ["carl", "10.77.0.13", 0],
  ] as const) {
    assert.deepEqual(holding(world), []);
    const caller = await dialled(world, name);
    assert.deepEqual([caller.address, free(world)["tunnel.pool"]], [address, left]);
    callers.push(caller);
  }
  assert.deepEqual(holding(world), ["pool-exhausted tunnel.pool"]);
  assert.deepEqual(figures(), { name: "tunnel.pool", total: 5, used: 3, reserved: 2, free: 0 });
  assert.equal((await dialled(world, "dora")).up, false);
  assert.equal((await lastAttempt(world)).verdict, "no-address");

  const owner = client(world, { user: "owner" });
  owner.dial();
  await world.settle();
  assert.equal(owner.address, "10.77.0.11");
  assert.deepEqual(figures(), { name: "tunnel.pool", total: 5, used: 4, reserved: 1, free: 0 });

  // Taken from its user while it is held, it is free only when it is given back.
  await world.store.users.update("owner", { staticAddress: null });
  assert.equal(figures().free, 0);
  owner.clearCall();
  await world.settle();
  assert.deepEqual(figures(), { name: "tunnel.pool", total: 5, used: 3, reserved: 1, free: 1 });
  // Given to somebody while ada holds it, it is not free when ada leaves.
  await world.store.users.update("off", { staticAddress: "10.77.0.10" });
  assert.equal(figures().free, 2);
  callers[0]!.clearCall();
  await world.settle();
  assert.deepEqual(figures(), { name: "tunnel.pool", total: 5, used: 2, reserved: 1, free: 2 });
  await world.store.users.remove("off");
  assert.equal(figures().free, 3);
  assert.deepEqual(holding(world), ["pool-exhausted tunnel.pool"]);
  await world.clock.advance(20_000);
  assert.deepEqual(holding(world), []);
});

test("as many sessions as there may be are a condition, whatever the pools have", async (t) => {
  const world = await createWorld(t, (config) => ({ ...config, pptp: { ...config.pptp, maxSessions: 1 } }));
  const ada = await dialled(world, "ada");
  assert.deepEqual(holding(world), ["server-full"]);
  await dialled(world, "ben");
  assert.equal((await lastAttempt(world)).verdict, "server-full");
  ada.clearCall();
  await world.settle();
  await world.clock.advance(20_000);
  assert.deepEqual(holding(world), []);
});
