import assert from "node:assert/strict";
import { test } from "node:test";
import { storeUnavailable } from "../../server/store/faults.ts";
import { lock } from "../support/faulty-store.ts";
import { ALICE, client, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld } from "./world.ts";

const broken = () => Promise.reject(new Error("no such thing"));

const failing = () =>
  Promise.reject(storeUnavailable("io-error", "/var/lib/pacd/pacd.db", "SQLITE_IOERR_READ"));

test("a mistake of ours during a log-in ends that dial, and the next one comes up", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const { credentials } = world.store.users;
  Object.assign(world.store.users, { credentials: broken });
  client(world).dial();
  await world.settle();
  assert.equal((await lastAttempt(world)).verdict, "internal-error");
  assert.match(world.errors[0] ?? "", /mistake of pacd.*no such thing/);
  Object.assign(world.store.users, { credentials });
  const again = client(world);
  again.dial();
  await world.settle();
  assert.ok(again.up);
});

test("a database that cannot be read during a log-in ends that dial with a verdict that says so, and no mistake", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  Object.assign(world.store.users, { credentials: failing });
  client(world).dial();
  await world.settle();
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "store-unavailable");
  assert.match(evidence, /reading or writing .*pacd\.db failed \(SQLITE_IOERR_READ\)/);
  assert.deepEqual(world.errors, []);
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

test("a locked database: dials come up at once, end, and are on record with their times when it is free again", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, maxSessions: 10 });
  const unlock = lock(t, world.directory);
  const dials = [];
  for (let i = 0; i < 6; i++) {
    const caller = client(world, {}, `198.51.100.${10 + i}`);
    caller.dial();
    await world.settle();
    assert.ok(caller.up, caller.seen.join(", "));
    dials.push(caller);
    await world.clock.advance(1000);
  }
  dials[0]!.clearCall();
  await world.clock.advance(8000);
  const began = world.concentrator.sessions().map(({ connectedAt }) => connectedAt);
  assert.equal(began.length, 5);
  assert.deepEqual(
    world.conditions.all().map(({ code }) => code),
    ["records-waiting"],
  );
  unlock();
  await world.clock.advance(1000);
  assert.equal(world.concentrator.status().records.waiting, 0);
  assert.deepEqual(world.conditions.all(), []);
  const { items } = await world.store.sessions.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ connectedAt, endReason }) => [connectedAt, endReason]),
    [0, 1, 2, 3, 4, 5]
      .reverse()
      .map((i) => [`2030-01-01T00:00:0${i}.000Z`, i === 0 ? "client-hung-up" : null]),
  );
  assert.equal(items[5]?.disconnectedAt, "2030-01-01T00:00:06.000Z");
  assert.deepEqual(world.errors, []);
});

test("a session is disconnected at once while the database is locked", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  lock(t, world.directory);
  const [session] = world.concentrator.sessions();
  const done = world.concentrator.disconnect(session!.id);
  await world.settle();
  assert.equal(await done, true);
  assert.equal(world.concentrator.sessions().length, 0);
  assert.ok(alice.seen.includes("call-disconnect-notify"), alice.seen.join(", "));
});

test("a user who is disabled while the database is locked is out at once and gets in no more", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  const unlock = lock(t, world.directory);
  const refusal = assert.rejects(world.store.users.update("alice", { enabled: false }), {
    code: "not-yet-written",
  });
  await world.clock.advance(3000);
  await refusal;
  const ended = world.concentrator.userChanged((await world.store.users.find("alice"))!);
  await world.settle();
  assert.equal(await ended, 1);
  client(world).dial();
  await world.clock.advance(100);
  assert.equal((await lastAttempt(world)).verdict, "user-disabled");
  unlock();
  await world.clock.advance(2000);
  assert.deepEqual(world.conditions.all(), []);
  client(world).dial();
  await world.clock.advance(100);
  const attempt = await lastAttempt(world);
  assert.deepEqual([attempt.verdict, attempt.count], ["user-disabled", 2]);
});

test("a stop while the database is locked tries for three seconds, and says what is lost", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  await world.clock.advance(1000);
  lock(t, world.directory);
  const began = world.clock.now();
  let stopped = false;
  const stop = world.concentrator.shutDown().then(() => {
    stopped = true;
  });
  await world.clock.advance(10_000);
  assert.ok(stopped);
  await stop;
  assert.ok(world.clock.now() - began >= 3000);
  assert.match(world.errors[0] ?? "", /This session is not on record.*"endReason":"server-stopped"/);
  assert.match(world.errors[1] ?? "", /pacd ends with records that could not be written/);
});
