import assert from "node:assert/strict";
import { test } from "node:test";
import { REFUSAL_AFTER } from "../../server/concentrator/log-in/limits.ts";
import { ADDRESS, PAIR, USER } from "../../server/guessing/limits.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";
import { ALICE, BOB, type Changes, client, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

const BOB_HERE = { user: "bob", password: BOB.password };
const HOME = "198.51.100.7";
const AWAY = "203.0.113.9";

/** A dial, and what its client was told: it has hung up before this returns. */
async function dialled(world: World, habits: Changes, from = HOME) {
  const caller = client(world, habits, from);
  caller.dial();
  // A right log-in takes more turns than a wrong one.
  if (habits.password === undefined || habits === BOB_HERE) await world.settle();
  await world.clock.advance(REFUSAL_AFTER);
  caller.tcp?.close();
  return caller;
}

/** So many wrong log-ins. */
async function guesses(world: World, count: number, who: (i: number) => Changes, from = (_: number) => HOME) {
  for (let i = 0; i < count; i++) await dialled(world, { password: `guess ${i}`, ...who(i) }, from(i));
}

const judged = (world: World) => world.concentrator.status().logInFailures.wrong;

/** Is the right password taken? The session ends again. */
async function getsIn(world: World, from: string, habits: Changes = {}): Promise<boolean> {
  return (await dialled(world, habits, from)).up;
}

test("of 1,000 wrong log-ins of one user within 20 s eight are judged, and the right password is not taken right after", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  for (let i = 0; i < 1000; i++) {
    await dialled(world, { password: `guess ${i}` });
    await world.clock.advance(20 - REFUSAL_AFTER);
  }
  assert.equal(judged(world), PAIR.free + 3);
  assert.equal(await getsIn(world, HOME), false);
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "too-many-failures");
  assert.match(
    attempt.evidence,
    /^8 wrong log-ins as "alice" had come from 198\.51\.100\.7\. The password was not looked at; the next log-in is judged in \d+ s, at 2030-01-01T00:00:\d\d\.\d{3}Z\.$/,
  );
  await world.clock.advance(20_000);
  assert.ok(await getsIn(world, HOME), "and it is when the time is over");
});

test("of 1,000 wrong log-ins over as many names from one address thirty are judged, and a user of that address gets in", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  await world.store.users.create(BOB);
  assert.ok(await getsIn(world, HOME));
  await guesses(world, 1000, (i) => ({ user: `user-${i}` }));
  assert.ok(judged(world) <= ADDRESS.free + 4, String(judged(world)));
  assert.ok(await getsIn(world, HOME), "alice has connected from there before");
  assert.equal(await getsIn(world, HOME, BOB_HERE), false);
  assert.match(
    (await lastAttempt(world)).evidence,
    /^3\d wrong log-ins, as whoever, had come from 198\.51\.100\.7\./,
  );
  assert.ok(await getsIn(world, AWAY, BOB_HERE));
});

test("one user is guessed from 1,000 addresses: the user gets in from the usual one at once, also after a restart", async (t) => {
  const directory = temporaryDirectory(t);
  const world = await createWorld(t, undefined, undefined, { directory });
  await world.store.users.create(ALICE);
  assert.ok(await getsIn(world, HOME));
  const addresses = (i: number) => `10.${i >> 8}.${i & 255}.1`;
  await guesses(world, 1000, () => ({}), addresses);
  assert.equal(judged(world), USER.free + 1);
  assert.ok(await getsIn(world, HOME));
  assert.equal(await getsIn(world, AWAY), false);
  const told = await lastAttempt(world);
  assert.match(
    told.evidence,
    /from all addresses together, and the user has not connected from 203\.0\.113\.9 lately/,
  );
  await world.clock.advance(USER.longest);
  assert.ok(await getsIn(world, AWAY), "whoever comes again gets in");

  const restarted = await createWorld(t, undefined, undefined, { directory });
  await guesses(restarted, 100, () => ({}), addresses);
  assert.ok(await getsIn(restarted, HOME));
});

test("a name that nobody has gets the same answers at the same times as one that somebody has, judged or not", async (t) => {
  const seen = [];
  for (const user of ["alice", "nobody"]) {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const told: (readonly [number, readonly string[]])[] = [];
    for (let i = 0; i < 30; i++) {
      const caller = client(world, { user, password: `guess ${i}` });
      caller.dial();
      await world.clock.advance(REFUSAL_AFTER - 1);
      const early = caller.seen.filter((line) => line.startsWith("failure")).length;
      await world.clock.advance(1);
      told.push([early, [...caller.seen]]);
      caller.tcp?.close();
      await world.clock.advance(700);
    }
    seen.push(told);
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.ok(
    seen[0]!.every(([early]) => early === 0),
    "nothing is answered early",
  );
});

test("a right password is told no sooner and nothing else than a wrong one while log-ins are not judged", async (t) => {
  const seen = [];
  for (const password of [ALICE.password, "wrong"]) {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    await guesses(world, PAIR.free + 1, () => ({}));
    const caller = client(world, { password });
    caller.dial();
    await world.clock.advance(REFUSAL_AFTER - 1);
    assert.ok(!caller.seen.some((line) => line.startsWith("failure")));
    await world.clock.advance(10_000);
    seen.push([...caller.seen, caller.statistics]);
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.ok(seen[0]!.some((line) => line.startsWith("failure E=691 R=0")));
});

test("an expired password is not told as right while log-ins are not judged", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, passwordExpiresAt: "2029-12-31T00:00:00.000Z" });
  await guesses(world, PAIR.free + 1, () => ({}));
  const caller = await dialled(world, {});
  assert.ok(caller.seen.some((line) => line.startsWith("failure E=691 R=0")));
});

test("an administrator lifts a user, and an address; a user who is shown tells what counts", async (t) => {
  const world = await createWorld(t);
  const alice = await world.store.users.create(ALICE);
  await guesses(world, PAIR.free + 1, () => ({}));
  const { concentrator } = world;
  const shown = concentrator.failedLogIns(alice.id);
  assert.deepEqual([shown.count, shown.addresses.length, shown.newAddressesWait], [PAIR.free + 1, 1, false]);
  assert.deepEqual(shown.addresses[0], {
    address: HOME,
    failures: PAIR.free + 1,
    since: "2030-01-01T00:00:00.000Z",
    last: "2030-01-01T00:00:00.050Z",
    refusedUntil: "2030-01-01T00:00:05.050Z",
  });
  assert.deepEqual(concentrator.status().logInFailures.lockouts, {
    "user-address": 1,
    user: 0,
    address: 0,
    network: 0,
  });
  assert.equal(await getsIn(world, HOME), false);
  assert.ok(concentrator.liftUser(alice.id) > 0);
  assert.ok(await getsIn(world, HOME));

  await guesses(
    world,
    40,
    (i) => ({ user: `user-${i}` }),
    () => AWAY,
  );
  assert.deepEqual(
    concentrator.lockouts().map(({ kind, address }) => [kind, address]),
    [["address", AWAY]],
  );
  assert.equal(await getsIn(world, AWAY), false);
  assert.ok(concentrator.liftAddress(AWAY) > 0);
  assert.ok(await getsIn(world, AWAY));
  assert.deepEqual(concentrator.lockouts(), []);
});

test("a telephone that dials with an old password for ever holds up the user at home for minutes, and then no more", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  assert.ok(await getsIn(world, HOME));
  const redials = async (seconds: number) => {
    for (let i = 0; i < seconds; i += 5) {
      await dialled(world, { password: "the old one" });
      // The search for what is known of that password takes turns of the real loop.
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      await world.clock.advance(5_000 - REFUSAL_AFTER);
    }
  };
  await redials(35);
  assert.equal(await getsIn(world, HOME), false);
  await redials(90);
  assert.ok(await getsIn(world, HOME), "two minutes after the first");
  for (let i = 0; i < 2; i++) {
    await redials(300);
    assert.ok(await getsIn(world, HOME), "and at any time after that");
  }
  await dialled(world, { password: "the old one" });
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "bad-credentials");
  assert.match(evidence, /the same one that came from 198\.51\.100\.7 again and again/);

  await world.store.users.setPassword("alice", { password: "the old one" });
  assert.ok(await getsIn(world, HOME, { password: "the old one" }), "made the right one, it is taken");
});

test("failures are forgiven with time, without anybody's doing", async (t) => {
  const world = await createWorld(t);
  const alice = await world.store.users.create(ALICE);
  await guesses(world, 200, () => ({}));
  await world.clock.advance(PAIR.forgiven * PAIR.most);
  assert.deepEqual(world.concentrator.failedLogIns(alice.id), {
    count: 0,
    since: null,
    last: null,
    newAddressesWait: false,
    addresses: [],
  });
  assert.deepEqual(world.concentrator.lockouts(), []);
});

test("the log says who and from where, once for each budget that begins to refuse, and never without end", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  await guesses(world, 100, () => ({}));
  assert.deepEqual(world.warnings, [
    {
      text: "Wrong log-ins of one user from one address: the next ones are refused for a while, longer each time",
      fields: { user: "alice", exists: true, client: HOME, failures: PAIR.free + 1 },
    },
  ]);
  await guesses(
    world,
    240,
    (i) => ({ user: `\u001b[2J${i >> 3}` }),
    (i) => `10.0.${i >> 3}.1`,
  );
  assert.ok(world.warnings.length > 15 && world.warnings.length < 25, String(world.warnings.length));
  assert.doesNotMatch(JSON.stringify(world.warnings), /\\u001b/);
});

test("a session whose client negotiates LCP anew goes on while others guess its user's password at the same address", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const alice = client(world, { callId: toPeerCallId(0x2222) }, AWAY);
  alice.dial();
  await world.settle();
  await guesses(
    world,
    PAIR.free + 1,
    () => ({}),
    () => AWAY,
  );
  alice.comeBack();
  alice.renegotiate();
  await world.settle();
  assert.ok(alice.up, alice.seen.join(", "));
});
