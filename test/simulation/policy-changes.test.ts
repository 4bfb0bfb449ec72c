import assert from "node:assert/strict";
import { test } from "node:test";
import type { UserChange } from "../../server/store/store-types.ts";
import { ALICE, client, inner, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

// The clock begins on Tuesday, 2030-01-01, 00:00 in UTC.
process.env["TZ"] = "UTC";

/** What the API does. */
async function change(world: World, policy: UserChange): Promise<number> {
  const user = await world.store.users.update("alice", policy);
  const ended = world.concentrator.userChanged(user);
  await world.settle();
  return ended;
}

const ENDING: readonly [UserChange, string, RegExp][] = [
  [{ enabled: false }, "user-disabled", /^The user is disabled\.$/],
  [{ validUntil: "2029-12-31T00:00:00.000Z" }, "user-not-valid", /valid until 2029-12-31/],
  [{ validFrom: "2030-02-01T00:00:00.000Z" }, "user-not-valid", /valid from 2030-02-01/],
  [{ allowedHours: ["mon"] }, "outside-hours", /^Allowed: mon\. It was Tue 00:00\.$/],
  [{ allowedSources: ["203.0.113.0/24"] }, "source-not-allowed", /dialled from 198\.51\.100\.7/],
];

for (const [policy, verdict, evidence] of ENDING) {
  test(`${JSON.stringify(policy)} ends the live session as ${verdict}`, async (t) => {
    const world = await createWorld(t);
    const alice = await withAliceUp(world);
    assert.equal(await change(world, policy), 1);
    assert.deepEqual(alice.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, verdict);
    assert.match(attempt.evidence, evidence);
    assert.equal(world.clock.now(), 0);
  });
}

test("disabling reaches a dial between its log-in and its address", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const caller = client(world);
  caller.dial();
  const [address, receive] = [...world.receivers][0]!;
  world.receivers.set(address, (bytes) => (caller.seen.includes("success") ? undefined : receive(bytes)));
  await world.settle();
  assert.equal((await lastAttempt(world)).verdict, "in-progress");
  const ended = change(world, { enabled: false });
  await world.clock.advance(3_000);
  assert.equal(await ended, 1);
  assert.equal((await lastAttempt(world)).verdict, "user-disabled");
});

test("disabling while the password is being looked up lets nobody in", async (t) => {
  const world = await createWorld(t);
  const user = await world.store.users.create(ALICE);
  const { users } = world.store;
  const credentials = users.credentials.bind(users);
  users.credentials = async (name) => {
    const found = await credentials(name);
    users.credentials = credentials;
    await world.concentrator.userChanged(await users.update("alice", { enabled: false }));
    return found;
  };
  const caller = client(world);
  caller.dial();
  await world.settle();
  await world.clock.advance(10_000);
  assert.ok(!caller.up);
  assert.equal((await lastAttempt(world)).verdict, "user-disabled");
  assert.equal(user.enabled, true);
});

for (let turns = 0; turns < 8; turns++) {
  test(`disabling ${turns} turns after the password was looked up lets nobody stay`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const { users } = world.store;
    const credentials = users.credentials.bind(users);
    users.credentials = async (name) => {
      const found = await credentials(name);
      users.credentials = credentials;
      const changed = await users.update("alice", { enabled: false });
      void later(turns, () => world.concentrator.userChanged(changed));
      return found;
    };
    const caller = client(world);
    caller.dial();
    await world.settle();
    await world.clock.advance(10_000);
    assert.deepEqual(world.concentrator.sessions(), []);
    assert.equal((await lastAttempt(world)).verdict, "user-disabled");
  });
}

async function later(turns: number, work: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await undefined;
  await work();
}

test("allowed destinations count from the change on, and a change that allows ends nothing", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const sent = () => world.tun.sent.length;
  alice.send(inner(alice.address, "192.0.2.80", 64));
  await world.settle();
  const before = sent();
  assert.equal(await change(world, { allowedDestinations: ["203.0.113.0/24"] }), 0);
  alice.send(inner(alice.address, "192.0.2.80", 64));
  await world.settle();
  assert.equal(sent(), before);
  assert.equal(world.concentrator.status().drops["destination-denied"], 1);
  alice.send(inner(alice.address, "203.0.113.9", 64));
  await world.settle();
  assert.equal(sent(), before + 1);
});

test("a rate counts from the change on", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  await change(world, { rateUp: 8000 });
  for (let i = 0; i < 100; i++) alice.send(inner(alice.address, "192.0.2.80", 1000));
  await world.settle();
  assert.ok(world.concentrator.status().drops["rate-limit-up"] > 50);
});

test("a shorter session timeout ends a session that has lasted longer, at once", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  await world.clock.advance(3_600_000);
  assert.equal(await change(world, { sessionTimeout: 7200 }), 0);
  assert.equal(await change(world, { sessionTimeout: 60 }), 1);
  assert.equal((await lastAttempt(world)).verdict, "session-timeout");
});

test("a session timeout that is taken back ends nothing", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  await change(world, { sessionTimeout: 60 });
  await change(world, { sessionTimeout: null });
  await world.clock.advance(3_600_000);
  assert.equal(world.concentrator.sessions().length, 1);
});

test("a session that is ending already is not counted again", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.vanish();
  const user = await world.store.users.update("alice", { enabled: false });
  const first = world.concentrator.userChanged(user);
  assert.equal(await world.concentrator.userChanged(user), 0);
  await world.clock.advance(3_000);
  assert.equal(await first, 1);
});
