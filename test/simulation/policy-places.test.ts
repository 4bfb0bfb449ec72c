import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewUser } from "../../server/store/store-types.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { ALICE, client, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

const HERE = "198.51.100.7";
const THERE = "198.51.100.8";
const ELSEWHERE = "198.51.100.9";

/** Verdicts by client address. */
async function verdicts(world: World): Promise<Record<string, string>> {
  await world.settle();
  const { items } = await world.store.attempts.list({ limit: 100 });
  return Object.fromEntries(items.map(({ clientAddress, verdict }) => [clientAddress, verdict]));
}

async function dialled(world: World, from: string) {
  const caller = client(world, {}, from);
  caller.dial();
  await world.settle();
  return caller;
}

const alice = (world: World, policy: Partial<NewUser>) => world.store.users.create({ ...ALICE, ...policy });

test("one session too many is refused with E=691, and the record names those that are up", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 2 });
  await dialled(world, HERE);
  await dialled(world, THERE);
  const third = await dialled(world, ELSEWHERE);
  await world.clock.advance(10_000);
  assert.ok(third.seen.some((line) => line.startsWith("failure E=691 R=0")));
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "too-many-sessions");
  assert.equal(
    attempt.evidence,
    "The password was right. The user may have 2 sessions at once, and is connected from 198.51.100.7, 198.51.100.8.",
  );
  assert.equal(world.concentrator.sessions().length, 2);
});

test("a user about whom nothing was decided gets five sessions, and the sixth dial is refused", async (t) => {
  const world = await createWorld(t);
  await alice(world, {});
  for (let i = 0; i < 5; i++) assert.ok((await dialled(world, `198.51.100.${10 + i}`)).up);
  const sixth = await dialled(world, ELSEWHERE);
  await world.clock.advance(10_000);
  assert.ok(sixth.seen.some((line) => line.startsWith("failure E=691 R=0")));
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "too-many-sessions");
  assert.match(evidence, /may have 5 sessions at once, as users\.max_sessions says, and is connected from/);
});

test("a place is free again as soon as the session before has ended", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  const first = await dialled(world, HERE);
  first.hangUp();
  await world.settle();
  assert.ok((await dialled(world, THERE)).up);
});

test("a dial that fails after its log-in gives its place back", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1 });
  client(world, { encryption: "protocol-reject" }, HERE).dial();
  await world.clock.advance(10_000);
  assert.equal((await verdicts(world))[HERE], "mppe-refused");
  assert.ok((await dialled(world, THERE)).up);
});

test("with `replace` the oldest session makes room: it is told, and the new dial comes up", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1, whenExceeded: "replace" });
  const first = await dialled(world, HERE);
  const second = await dialled(world, THERE);
  assert.ok(second.up, second.seen.join(", "));
  assert.equal(world.clock.now(), 0, "nobody waited");
  assert.deepEqual(first.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
  assert.deepEqual(await verdicts(world), { [HERE]: "replaced", [THERE]: "connected" });
  const { items } = await world.store.attempts.list({ limit: 2 });
  assert.match(items.map(({ evidence }) => evidence).join(), /dialled again, from 198\.51\.100\.8\./);
});

test("with `replace` a client that lost its network gets its place back within 2 s of dialling again", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1, whenExceeded: "replace", staticAddress: "10.77.0.50" });
  const first = await dialled(world, HERE);
  first.vanish();
  const second = await dialled(world, THERE);
  assert.ok(!second.up, "the first one is being told goodbye");
  await world.clock.advance(2_100);
  assert.deepEqual([second.up, second.address], [true, "10.77.0.50"]);
  assert.equal((await verdicts(world))[HERE], "replaced");
});

test("a static address is for one session, and the next is refused as too-many-sessions", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 5, staticAddress: "10.77.0.50" });
  await dialled(world, HERE);
  await dialled(world, THERE);
  await world.clock.advance(10_000);
  assert.deepEqual(await verdicts(world), { [HERE]: "connected", [THERE]: "too-many-sessions" });
  assert.match((await lastAttempt(world)).evidence, /one session at once, having a static address/);
});

for (const whenExceeded of ["deny", "replace"] as const) {
  test(`of three dials at once one gets the only place (${whenExceeded})`, async (t) => {
    const world = await createWorld(t);
    await alice(world, { maxSessions: 1, whenExceeded });
    const callers = [HERE, THERE, ELSEWHERE].map((from) => client(world, {}, from));
    for (const caller of callers) caller.dial();
    await world.settle();
    await world.clock.advance(10_000);
    assert.equal(world.concentrator.sessions().length, 1);
    const left = whenExceeded === "deny" ? "too-many-sessions" : "replaced";
    assert.deepEqual(Object.values(await verdicts(world)).sort(), ["connected", left, left].sort());
    assert.deepEqual(world.errors, []);
  });
}

test("a dial that gives up while it waits for its place leaves no place taken", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1, whenExceeded: "replace" });
  const first = await dialled(world, HERE);
  first.vanish();
  const second = await dialled(world, THERE);
  second.tcp?.close();
  await world.clock.advance(2_100);
  assert.equal(world.concentrator.sessions().length, 0);
  const third = await dialled(world, ELSEWHERE);
  assert.ok(third.up);
  assert.equal(world.clock.now(), 2_100, "it waited for nobody");
});

test("with `replace` a loop of dials that vanish leaves none waiting, and the last one comes up in 2 s", async (t) => {
  const world = await createWorld(t);
  await alice(world, { maxSessions: 1, whenExceeded: "replace" });
  for (let i = 0; i < 50; i++) {
    const caller = client(world, { callId: toPeerCallId(1000 + i) }, HERE);
    caller.dial();
    await world.settle();
    caller.vanish();
    await world.clock.advance(100);
  }
  const last = await dialled(world, THERE);
  await world.clock.advance(2_100);
  assert.ok(last.up, last.seen.join(", "));
  await world.clock.advance(2_000);
  const { items } = await world.store.attempts.list({ limit: 100 });
  assert.deepEqual(new Set(items.map(({ verdict }) => verdict)), new Set(["replaced", "connected"]));
  assert.equal(world.concentrator.status().dials.failed + world.concentrator.status().dials.connected, 51);
});
