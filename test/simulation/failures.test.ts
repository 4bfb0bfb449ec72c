import assert from "node:assert/strict";
import { test } from "node:test";
import { ALICE, client, lastAttempt, withAliceUp } from "./cast.ts";
import { createWorld } from "./world.ts";

const broken = () => Promise.reject(new Error("disk I/O error"));

test("a database that fails during a log-in ends that dial, and the next one comes up", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const { credentials } = world.store.users;
  Object.assign(world.store.users, { credentials: broken });
  client(world).dial();
  await world.settle();
  assert.equal((await lastAttempt(world)).verdict, "internal-error");
  assert.match(world.errors[0] ?? "", /mistake of pacd.*disk I\/O error/);
  Object.assign(world.store.users, { credentials });
  const again = client(world);
  again.dial();
  await world.settle();
  assert.ok(again.up);
});

test("a mistake of ours before the call reply is answered with a general error", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  Object.assign(world.random, {
    uuid: () => {
      throw new Error("no entropy");
    },
  });
  const bob = client(world, {}, "198.51.100.8");
  bob.dial();
  await world.settle();
  assert.deepEqual(bob.seen, ["start-control-connection-reply", "outgoing-call-reply", "result 2"]);
  assert.match(world.errors[0] ?? "", /could not be placed/);
});

test("records that cannot be written are logged, and the session comes up all the same", async (t) => {
  const world = await createWorld(t);
  Object.assign(world.store.attempts, { begin: broken, update: broken });
  Object.assign(world.store.sessions, { open: broken, close: broken });
  const alice = await withAliceUp(world);
  alice.clearCall();
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 0);
  assert.ok(world.errors.length > 0 && world.errors.every((line) => line.includes("could not be written")));
});
