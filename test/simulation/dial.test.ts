import assert from "node:assert/strict";
import { test } from "node:test";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { ALICE, BOB, client, inner, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld } from "./world.ts";

test("on a perfect link a dial is up without any timer, and the session shows it", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  assert.equal(world.clock.now(), 0, "no time has passed");
  assert.equal(alice.address, "10.77.0.10");
  const [session] = world.concentrator.sessions();
  assert.equal(session?.user, "alice");
  assert.equal(session?.assignedAddress, "10.77.0.10");
  assert.equal(session?.clientAddress, "198.51.100.7");
  assert.equal(session?.encryption, "mppe-128-stateless");
  const attempt = await lastAttempt(world);
  assert.deepEqual([attempt.verdict, attempt.setupMs, attempt.user], ["connected", 0, "alice"]);
  assert.deepEqual(world.errors, []);
});

test("the trace tells the six stages of a dial in order, and no secret", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  const { trace } = await lastAttempt(world);
  const lines = trace.map((entry) => `${entry.from} ${entry.layer} ${entry.text}`);
  const stages = [
    /^client pptp .*start-control-connection-request/i,
    /^client pptp .*outgoing-call-request/i,
    /^server pptp .*outgoing-call-reply/i,
    /^client lcp Configure-Request/,
    /^server lcp Configure-Request/,
    /^server chap Challenge/,
    /^client chap Response.*alice/,
    /^server chap Success/,
    /^server ccp Configure-Ack/,
    /^server ipcp Configure-Nak/,
    /^server ipcp Configure-Ack/,
    /^pacd pacd Session up/,
  ];
  let at = -1;
  for (const stage of stages) {
    const next = lines.findIndex((line, index) => index > at && stage.test(line));
    assert.notEqual(next, -1, `${stage} after line ${at} of:\n${lines.join("\n")}`);
    at = next;
  }
  const all = lines.join("\n");
  assert.doesNotMatch(all, /5a5a5a5a/, "the peer challenge");
  assert.doesNotMatch(all, /S=[0-9A-F]{8}/, "the authenticator response");
});

test("data goes both ways, and the counters are those of the inner packets", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const up = inner("10.77.0.10", "203.0.113.5", 80);
  const down = inner("203.0.113.5", "10.77.0.10", 30);
  alice.send(up);
  alice.send(up);
  world.tun.deliver(down);
  await world.settle();
  assert.deepEqual(
    world.tun.take().map((packet) => [...packet.bytes]),
    [[...up], [...up]],
  );
  assert.deepEqual(
    alice.received.map((bytes) => [...bytes]),
    [[...down]],
  );
  const [session] = world.concentrator.sessions();
  assert.deepEqual(
    [session?.rxPackets, session?.rxBytes, session?.txPackets, session?.txBytes],
    [2, 2 * up.length, 1, down.length],
  );
  assert.equal(session?.lastActivity, world.clock.date().toISOString());
});

test("the first inner packet right behind the client's last Ack is not lost", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const alice = client(world);
  const packet = inner("10.77.0.10", "203.0.113.5", 8);
  alice.onUp = () => alice.send(packet);
  alice.dial();
  await world.settle();
  assert.equal(world.tun.take().length, 1);
});

test("an inner packet with another source address is dropped and counted", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.send(inner("10.77.0.11", "203.0.113.5", 8));
  await world.settle();
  assert.equal(world.tun.take().length, 0);
  assert.equal(world.concentrator.status().drops["inner-wrong-source"], 1);
});

test("two clients behind one address are two sessions", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  await world.store.users.create(BOB);
  const [alice, bob] = [
    client(world),
    client(world, { user: "bob", password: "hunter2", callId: toPeerCallId(0x2222) }),
  ];
  alice.dial();
  await world.settle();
  bob.dial();
  await world.settle();
  assert.ok(bob.up, bob.seen.join(", "));
  assert.deepEqual(
    world.concentrator.sessions().map(({ user, assignedAddress }) => `${user} ${assignedAddress}`),
    ["alice 10.77.0.10", "bob 10.77.0.11"],
  );
});

test("a user with a static address gets it, and the pool never gives it to another", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, staticAddress: "10.77.0.10" });
  await world.store.users.create(BOB);
  const bob = client(world, { user: "bob", password: "hunter2" }, "198.51.100.8");
  bob.dial();
  const alice = client(world);
  alice.dial();
  await world.settle();
  assert.deepEqual([alice.address, bob.address], ["10.77.0.10", "10.77.0.11"]);
});

test("DOMAIN\\alice logs in as alice", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const alice = client(world, { user: "OFFICE\\alice" });
  alice.dial();
  await world.settle();
  assert.ok(alice.up, alice.seen.join(", "));
  assert.equal(world.concentrator.sessions()[0]?.user, "alice");
});
