import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { NewUser } from "../../server/store/store-types.ts";
import { ipv4 } from "../../server/wire/ipv4.ts";
import { ALICE, client, lastAttempt } from "./cast.ts";
import { createWorld, type World } from "./world.ts";

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
