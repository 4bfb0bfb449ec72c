import assert from "node:assert/strict";
import { test } from "node:test";
import { ALICE, BOB, client, inner, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld } from "./world.ts";

test("LCP negotiated anew keeps the session, its address and its record", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const [before] = world.concentrator.sessions();
  alice.renegotiate();
  await world.settle();
  assert.ok(alice.up, alice.seen.join(", "));
  assert.equal(alice.address, before!.assignedAddress);
  assert.deepEqual(
    world.concentrator.sessions().map(({ id }) => id),
    [before!.id],
  );
  assert.equal((await world.store.sessions.list({ limit: 10 })).items.length, 1);
  assert.equal(world.concentrator.status().addressesFree, world.concentrator.status().addressesTotal - 1);
  assert.equal(world.concentrator.status().dials.connected, 1);
  alice.send(inner(alice.address, "192.0.2.80", 64));
  await world.settle();
  assert.equal(world.tun.sent.length, 1);
  assert.deepEqual(world.errors, []);
});

test("LCP negotiated anew needs no second place, whatever the user may have", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, maxSessions: 1, staticAddress: "10.77.0.50" });
  const alice = client(world);
  alice.dial();
  await world.settle();
  alice.renegotiate();
  await world.settle();
  assert.deepEqual([alice.up, alice.address], [true, "10.77.0.50"]);
});

test("another user who logs in on a call of alice is refused as user-changed", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  await world.store.users.create(BOB);
  alice.renegotiate({ user: BOB.name, password: BOB.password });
  await world.settle();
  await world.clock.advance(10_000);
  assert.ok(alice.seen.some((line) => line.startsWith("failure E=691")));
  assert.equal(world.concentrator.sessions().length, 0);
  assert.equal((await lastAttempt(world)).verdict, "user-changed");
});

test("short keys of MS-CHAPv1 serve once: they come from the password alone, and would be the same again", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    security: { ...config.security, authentication: ["ms-chap-v1"], mppeStrengths: [40] },
  }));
  await world.store.users.create({ ...ALICE, recoverablePassword: true });
  const alice = client(world);
  alice.dial();
  const [address, receive] = [...world.receivers][0]!;
  world.receivers.set(address, (bytes) => (alice.seen.includes("success") ? undefined : receive(bytes)));
  await world.settle();
  world.receivers.set(address, receive);
  alice.renegotiate();
  await world.settle();
  await world.clock.advance(10_000);
  const { verdict, evidence, trace } = await lastAttempt(world);
  const offers = trace.filter(
    ({ from, text }) => from === "server" && /^Configure-Request .*\(.*40\)/.test(text),
  );
  assert.equal(offers.length, 1, trace.map(({ text }) => text).join("\n"));
  assert.equal(verdict, "mppe-refused");
  assert.match(evidence, /no keys/);
});
