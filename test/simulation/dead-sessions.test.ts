import assert from "node:assert/strict";
import { test } from "node:test";
import { ALIVE_AFTER, ALIVE_TRIES } from "../../server/concentrator/calls/limits.ts";
import type { NewUser } from "../../server/store/store-types.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { INSISTENT } from "../support/peers/pppd.ts";
import { ALICE, BOB, type Changes, client, inner, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

const HERE = "198.51.100.7";
const THERE = "198.51.100.8";
const ELSEWHERE = "198.51.100.9";

/** Until it is clear that a session is dead. */
const ASKED_FOR = ALIVE_AFTER * ALIVE_TRIES;

async function dialled(world: World, from: string, habits: Changes = {}) {
  const caller = client(world, habits, from);
  caller.dial();
  await world.settle();
  return caller;
}

const alice = (world: World, policy: Partial<NewUser>) => world.store.users.create({ ...ALICE, ...policy });

/** Verdicts of all attempts, the oldest first. */
async function verdicts(world: World): Promise<readonly string[]> {
  await world.settle();
  const { items } = await world.store.attempts.list({ limit: 100 });
  return items.map(({ verdict }) => verdict).reverse();
}

for (const [where, from] of [
  ["the same place", HERE],
  ["another network", THERE],
] as const) {
  for (const policy of [{ maxSessions: 1 }, { staticAddress: "10.77.0.50" }]) {
    const what = JSON.stringify(policy);
    test(`a client that vanished dials again from ${where} and is in after six seconds (${what})`, async (t) => {
      const world = await createWorld(t);
      await alice(world, policy);
      const first = await dialled(world, HERE);
      await world.clock.advance(5_000);
      first.vanish();
      const again = await dialled(world, from, { callId: toPeerCallId(0x2222), ...INSISTENT });
      await world.clock.advance(ASKED_FOR - 1);
      assert.deepEqual([again.up, world.concentrator.sessions().length], [false, 1]);
      await world.clock.advance(1);
      await world.settle();
      assert.ok(again.up, again.seen.join(", "));
      assert.ok(ASKED_FOR < 15_000);
      assert.deepEqual(await verdicts(world), ["link-lost", "connected"]);
      const { items } = await world.store.attempts.list({ limit: 2 });
      assert.equal(
        items[1]!.evidence,
        "Another dial waited for the place of this one, which answered none of 3 LCP Echo-Requests within 6 s.",
      );
      assert.equal(again.seen.filter((line) => line.startsWith("success")).length, 1);
      assert.deepEqual(world.errors, []);
    });
  }
}

test("a session that lives is not displaced, and the dial is refused as soon as it has answered", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  const second = await dialled(world, THERE);
  await world.clock.advance(10);
  assert.ok(second.seen.some((line) => line.startsWith("failure E=691 R=0")));
  await world.clock.advance(10_000);
  assert.deepEqual(await verdicts(world), ["connected", "too-many-sessions"]);
  assert.ok(!first.seen.includes("terminate-request"));
});

test("a session that takes two seconds to answer lives", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  await dialled(world, HERE);
  const arrives = world.receivers.get(parseIpv4(HERE)!)!;
  world.receivers.set(parseIpv4(HERE)!, (bytes) => {
    world.clock.after(ALIVE_AFTER, () => arrives(bytes));
  });
  await dialled(world, THERE);
  await world.clock.advance(20_000);
  assert.deepEqual(await verdicts(world), ["connected", "too-many-sessions"]);
});

test("a session whose client answers no Echo-Request but sends data lives", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  first.vanish();
  await dialled(world, THERE);
  await world.clock.advance(1_000);
  first.send(inner(first.address, "10.0.0.1", 20));
  await world.clock.advance(10_000);
  assert.equal((await lastAttempt(world)).verdict, "too-many-sessions");
});

test("of several sessions the one that is dead makes room, and the others stay", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 3 });
  const first = await dialled(world, HERE);
  const dead = await dialled(world, THERE);
  const third = await dialled(world, ELSEWHERE);
  dead.vanish();
  const again = await dialled(world, THERE, { callId: toPeerCallId(0x2222) });
  await world.clock.advance(ASKED_FOR);
  await world.settle();
  assert.ok(again.up);
  assert.deepEqual(await verdicts(world), ["connected", "link-lost", "connected", "connected"]);
  for (const living of [first, third]) assert.ok(!living.seen.includes("terminate-request"));
});

test("with `replace` a dead session makes room before the oldest one that lives", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 2, whenExceeded: "replace" });
  await dialled(world, HERE);
  const dead = await dialled(world, THERE);
  dead.vanish();
  const again = await dialled(world, THERE, { callId: toPeerCallId(0x2222) });
  await world.clock.advance(ASKED_FOR);
  await world.settle();
  assert.ok(again.up);
  assert.deepEqual(await verdicts(world), ["connected", "link-lost", "connected"]);
  await dialled(world, ELSEWHERE);
  assert.deepEqual(await verdicts(world), ["replaced", "link-lost", "connected", "connected"]);
});

test("of two dials that wait for one dead session one gets in, and the other is refused", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  first.vanish();
  const callers = [await dialled(world, THERE), await dialled(world, ELSEWHERE)];
  await world.clock.advance(ASKED_FOR * 2);
  await world.settle();
  assert.deepEqual(
    callers.map(({ up }) => up),
    [true, false],
  );
  assert.deepEqual(await verdicts(world), ["link-lost", "connected", "too-many-sessions"]);
});

test("a dial that gives up while it waits leaves no place taken, and the dead session is gone", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  first.vanish();
  const second = await dialled(world, THERE);
  second.tcp?.close();
  await world.clock.advance(ASKED_FOR);
  assert.equal(world.concentrator.sessions().length, 0);
  assert.ok((await dialled(world, THERE, { callId: toPeerCallId(0x2222) })).up);
});

test("the old connection is reset while the new dial waits: it gets in at once", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  first.vanish();
  const again = await dialled(world, HERE, { callId: toPeerCallId(0x2222) });
  await world.clock.advance(1_000);
  first.tcp?.close();
  await world.settle();
  assert.ok(again.up);
  assert.deepEqual(await verdicts(world), ["control-lost", "connected"]);
});

test("an address that a vanished client has is given to the next one, whoever that is", async (t) => {
  const one = parseIpv4("10.77.0.10")!;
  const world = await createWorld(t, (config) => ({
    ...config,
    tunnel: { ...config.tunnel, pool: [{ first: one, last: one }] },
  }));
  await alice(world, {});
  await world.store.users.create(BOB);
  const first = await dialled(world, HERE);
  const bob = { user: BOB.name, password: BOB.password };
  await dialled(world, THERE, bob);
  await world.clock.advance(10_000);
  assert.ok((await lastAttempt(world)).verdict === "no-address", "it is taken by somebody who lives");
  first.vanish();
  await world.clock.advance(5_000);
  const second = await dialled(world, THERE, bob);
  await world.clock.advance(ASKED_FOR);
  await world.settle();
  assert.ok(second.up, second.seen.join(", "));
});

test("a server that is full of vanished clients takes the next one", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    pptp: { ...config.pptp, maxSessions: 2 },
  }));
  await alice(world, {});
  const both = [await dialled(world, HERE), await dialled(world, THERE)];
  for (const caller of both) caller.vanish();
  const next = await dialled(world, ELSEWHERE);
  await world.clock.advance(ASKED_FOR);
  await world.settle();
  assert.ok(next.up, next.seen.join(", "));
  assert.equal(world.concentrator.sessions().length, 1);
});

test("dials at a full server ask its sessions once in ten seconds, and are refused at once in between", async (t) => {
  const world = await createWorld(t, (config) => ({ ...config, pptp: { ...config.pptp, maxSessions: 1 } }));
  await alice(world, {});
  const first = await dialled(world, HERE);
  const echoes = () =>
    first.ppp.heard.filter(({ protocol, code }) => protocol === 0xc021 && code === 9).length;
  for (let i = 0; i < 20; i++) {
    const caller = await dialled(world, THERE, { callId: toPeerCallId(0x3000 + i) });
    assert.ok(
      caller.seen.some((line) => line.startsWith("result ")),
      caller.seen.join(", "),
    );
    await world.clock.advance(500);
  }
  assert.equal(echoes(), 1);
});
