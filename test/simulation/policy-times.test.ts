import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewUser } from "../../server/store/store-types.ts";
import { ALICE, client, inner, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

// The clock begins on Tuesday, 2030-01-01, 00:00 in UTC.
process.env["TZ"] = "UTC";

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Alice, up, with this policy. */
async function up(world: World, policy: Partial<NewUser>) {
  await world.store.users.create({ ...ALICE, ...policy });
  const caller = client(world);
  caller.dial();
  await world.settle();
  assert.ok(caller.up, caller.seen.join(", "));
  return caller;
}

const ENDS: readonly {
  readonly what: string;
  readonly policy: Partial<NewUser>;
  readonly after: number;
  readonly verdict: string;
  readonly evidence: string;
}[] = [
  {
    what: "a session timeout",
    policy: { sessionTimeout: 3600 },
    after: HOUR,
    verdict: "session-timeout",
    evidence: "The session lasted 3600 s, as long as the user's may.",
  },
  {
    what: "an idle timeout",
    policy: { idleTimeout: 600 },
    after: 600 * SECOND,
    verdict: "idle-timeout",
    evidence: "The session was not used for 600 s, the user's idle timeout.",
  },
  {
    what: "the end of the allowed hours",
    policy: { allowedHours: ["mon-fri 00:00-02:00"] },
    after: 2 * HOUR,
    verdict: "outside-hours",
    evidence: "Allowed: mon-fri 00:00-02:00. It was Tue 02:00.",
  },
  {
    what: "the end of validity",
    policy: { validUntil: "2030-01-01T01:30:00.000Z" },
    after: 1.5 * HOUR,
    verdict: "user-not-valid",
    evidence: "The user was valid until 2030-01-01T01:30:00.000Z; it was 2030-01-01T01:30:00.000Z.",
  },
];

for (const { what, policy, after, verdict, evidence } of ENDS) {
  test(`${what} ends a session to the second, and tells the client`, async (t) => {
    const world = await createWorld(t);
    const alice = await up(world, policy);
    await world.clock.advance(after - SECOND);
    assert.equal(world.concentrator.sessions().length, 1);
    await world.clock.advance(SECOND);
    const told = alice.seen.filter((line) => line !== "echo-request");
    assert.deepEqual(told.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
    const attempt = await lastAttempt(world);
    assert.deepEqual([attempt.verdict, attempt.evidence], [verdict, evidence]);
    assert.equal((await world.store.sessions.find(attempt.sessionId!))!.endReason, verdict);
    assert.deepEqual(world.errors, []);
  });
}

test("an inner packet in either direction begins the idle time anew, keep-alives do not", async (t) => {
  const world = await createWorld(t);
  const alice = await up(world, { idleTimeout: 600 });
  await world.clock.advance(500 * SECOND);
  alice.send(inner(alice.address, "192.0.2.80", 64));
  await world.clock.advance(500 * SECOND);
  world.tun.deliver(inner("192.0.2.80", alice.address, 64));
  await world.clock.advance(599 * SECOND);
  assert.equal(world.concentrator.sessions().length, 1);
  await world.clock.advance(SECOND);
  assert.equal((await lastAttempt(world)).verdict, "idle-timeout");
});

/** UDP between these ports, as systems send it that look around. */
const udp = (source: string, destination: string, from: number, to: number) => {
  const packet = inner(source, destination, 64);
  new DataView(packet.buffer, packet.byteOffset).setUint16(20, from);
  new DataView(packet.buffer, packet.byteOffset).setUint16(22, to);
  return packet;
};

test("chatter keeps no session alive, in either direction, and is carried and counted all the same", async (t) => {
  const world = await createWorld(t);
  const alice = await up(world, { idleTimeout: 600 });
  const came = world.concentrator.sessions()[0]!;
  for (let minute = 0; minute < 9; minute += 1) {
    await world.clock.advance(60 * SECOND);
    alice.send(udp(alice.address, "239.255.255.250", 50000, 1900));
    alice.send(udp(alice.address, "255.255.255.255", 68, 67));
    alice.send(udp(alice.address, "10.255.255.255", 137, 137));
    alice.send(inner(alice.address, "224.0.0.251", 64));
    world.tun.deliver(udp("10.77.0.1", alice.address, 67, 68));
  }
  await world.clock.advance(59 * SECOND);
  const session = world.concentrator.sessions()[0]!;
  assert.deepEqual([session.rxPackets, session.txPackets], [came.rxPackets + 36, came.txPackets + 9]);
  assert.equal(session.lastActivity, came.lastActivity);
  await world.clock.advance(SECOND);
  assert.equal((await lastAttempt(world)).verdict, "idle-timeout");
});

for (const [what, policy, destination] of [
  ["to where the user may not send", { allowedDestinations: ["10.8.0.0/16"] }, "192.0.2.80"],
  ["from an address that is not the client's", {}, "192.0.2.80"],
] as const) {
  test(`packets ${what} are dropped and keep no session alive`, async (t) => {
    const world = await createWorld(t);
    const alice = await up(world, { ...policy, idleTimeout: 600 });
    const source = "allowedDestinations" in policy ? alice.address : "10.77.0.99";
    await world.clock.advance(500 * SECOND);
    alice.send(inner(source, destination, 64));
    await world.clock.advance(100 * SECOND);
    assert.equal((await lastAttempt(world)).verdict, "idle-timeout");
  });
}

test("hours that go on in the next window do not end a session", async (t) => {
  const world = await createWorld(t);
  await up(world, { allowedHours: ["tue 00:00-02:00", "tue 02:00-03:00"] });
  await world.clock.advance(2.5 * HOUR);
  assert.equal(world.concentrator.sessions().length, 1);
  await world.clock.advance(HOUR);
  assert.equal((await lastAttempt(world)).verdict, "outside-hours");
});

test("validity that ends between log-in and the last Ack ends the session as well", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, validUntil: "2030-01-01T00:00:00.001Z" });
  const caller = client(world);
  caller.dial();
  await world.settle();
  await world.clock.advance(1);
  assert.equal((await lastAttempt(world)).verdict, "user-not-valid");
});

test("no timer of a limit is left behind when the client hangs up", async (t) => {
  const world = await createWorld(t);
  const alice = await up(world, { sessionTimeout: 86_400, idleTimeout: 3600, allowedHours: ["tue"] });
  alice.clearCall();
  const stopped = world.concentrator.shutDown();
  await world.clock.advance(2_000);
  await stopped;
  assert.equal(world.clock.pending(), 0);
});

test("a wall clock that is set forward makes nobody idle", async (t) => {
  const world = await createWorld(t);
  await up(world, { idleTimeout: 7200 });
  await world.clock.advance(HOUR / 2);
  world.clock.setWallClock(24 * HOUR);
  await world.clock.advance(HOUR);
  assert.equal(world.concentrator.sessions().length, 1);
  await world.clock.advance(HOUR);
  assert.equal((await lastAttempt(world)).verdict, "idle-timeout");
});

for (const [what, policy, step, verdict] of [
  ["validity", { validUntil: "2030-03-01T00:00:00.000Z" }, 90 * 24 * HOUR, "user-not-valid"],
  ["hours", { allowedHours: ["tue 00:00-18:00"] }, 20 * HOUR, "outside-hours"],
  ["validity that had begun", { validFrom: "2029-12-31T23:00:00.000Z" }, -2 * HOUR, "user-not-valid"],
] as const)
  test(`a wall clock that is set ${step < 0 ? "back" : "forward"} is noticed by ${what} within ten seconds`, async (t) => {
    const world = await createWorld(t);
    await up(world, policy);
    await world.clock.advance(HOUR / 2);
    world.clock.setWallClock(step);
    await world.clock.advance(10 * SECOND);
    assert.equal((await lastAttempt(world)).verdict, verdict);
  });

test("a session timeout counts the time that passes, however the wall clock is set", async (t) => {
  const world = await createWorld(t);
  await up(world, { sessionTimeout: 7200 });
  await world.clock.advance(HOUR);
  world.clock.setWallClock(48 * HOUR);
  await world.clock.advance(HOUR / 2);
  world.clock.setWallClock(-96 * HOUR);
  await world.clock.advance(HOUR / 2 - SECOND);
  assert.equal(world.concentrator.sessions().length, 1);
  await world.clock.advance(SECOND);
  assert.equal((await lastAttempt(world)).verdict, "session-timeout");
});

for (const hours of [-24, 24])
  test(`a wall clock that is set by ${hours} hours makes nobody idle sooner or later, before a use or after it`, async (t) => {
    const world = await createWorld(t);
    const alice = await up(world, { idleTimeout: 600 });
    const use = async () => {
      alice.send(inner(alice.address, "192.0.2.80", 64));
      await world.clock.advance(400 * SECOND);
      assert.equal(world.concentrator.sessions().length, 1);
    };
    await world.clock.advance(105 * SECOND);
    await use();
    world.clock.setWallClock(hours * HOUR);
    await use();
    world.clock.setWallClock(-hours * HOUR);
    await world.clock.advance(199 * SECOND);
    assert.equal(world.concentrator.sessions().length, 1);
    await world.clock.advance(2 * SECOND);
    assert.equal((await lastAttempt(world)).verdict, "idle-timeout");
  });

test("a wall clock that is set back in a session makes neither its end nor its dial's before their beginning", async (t) => {
  const world = await createWorld(t);
  const alice = await up(world, {});
  await world.clock.advance(HOUR);
  world.clock.setWallClock(-24 * HOUR);
  await world.clock.advance(HOUR);
  assert.equal(world.concentrator.status().uptimeSeconds, 7200);
  assert.equal(world.concentrator.sessions()[0]?.durationSeconds, 7200);
  alice.clearCall();
  const attempt = await lastAttempt(world);
  const session = (await world.store.sessions.find(attempt.sessionId!))!;
  // As long as it lasted by the time that passed.
  assert.deepEqual(
    [session.connectedAt, session.disconnectedAt],
    ["2030-01-01T00:00:00.000Z", "2030-01-01T02:00:00.000Z"],
  );
  assert.deepEqual(
    [attempt.startedAt, attempt.endedAt],
    ["2030-01-01T00:00:00.000Z", "2030-01-01T02:00:00.000Z"],
  );
});
