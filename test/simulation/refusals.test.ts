import assert from "node:assert/strict";
import { test } from "node:test";
import { ipv4 } from "../../server/wire/ipv4.ts";
import { ALICE, BOB, client, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld } from "./world.ts";

const REFUSED = [
  {
    who: "a wrong password",
    habits: { password: "wrong" },
    enabled: true,
    verdict: "bad-credentials",
    evidence: /password is wrong/,
  },
  {
    who: "an unknown user",
    habits: { user: "mallory" },
    enabled: true,
    verdict: "bad-credentials",
    evidence: /no user of that name/,
  },
  {
    who: "a disabled user",
    habits: {},
    enabled: false,
    verdict: "user-disabled",
    evidence: /disabled; the password was right/,
  },
];

for (const { who, habits, enabled, verdict, evidence } of REFUSED) {
  test(`${who} gets E=691 R=0, then Terminate-Request and Call-Disconnect-Notify, and the record knows why`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, enabled });
    const caller = client(world, habits);
    caller.dial();
    await world.settle();
    await world.clock.advance(10_000);
    const failure = caller.seen.find((line) => line.startsWith("failure"));
    assert.match(failure ?? "", /^failure E=691 R=0 C=[0-9A-F]{32} V=3/);
    assert.deepEqual(
      caller.seen.slice(-3).map((line) => line.split(" ")[0]),
      ["terminate-request", "call-disconnect-notify", "cdn"],
    );
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, verdict);
    assert.match(attempt.evidence, evidence);
    assert.equal(world.concentrator.sessions().length, 0);
  });
}

test("wrong password, unknown and disabled user see the same, message by message", async (t) => {
  const seen = [];
  for (const { habits, enabled } of REFUSED) {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, enabled });
    const caller = client(world, habits);
    caller.dial();
    await world.settle();
    seen.push(
      caller.ppp.heard.map(({ protocol, code, id, data }) => [
        protocol,
        code,
        id,
        Buffer.from(data).toString("hex"),
      ]),
    );
  }
  assert.deepEqual(seen[1], seen[0]);
  assert.deepEqual(seen[2], seen[0]);
});

test("no GRE packet within 10 s of the call reply is gre-blocked", async (t) => {
  const world = await createWorld(t);
  const caller = client(world, { gre: "blocked" });
  caller.dial();
  await world.clock.advance(9_900);
  assert.equal((await lastAttempt(world)).verdict, "in-progress");
  await world.clock.advance(200);
  assert.equal((await lastAttempt(world)).verdict, "gre-blocked");
  assert.ok(caller.seen.includes("call-disconnect-notify"));
});

test("a client that never answers our LCP requests is lcp-unanswered", async (t) => {
  const world = await createWorld(t);
  client(world, { gre: "one-way" }).dial();
  await world.clock.advance(60_000);
  assert.equal((await lastAttempt(world)).verdict, "lcp-unanswered");
});

test("a client that answers CCP with Protocol-Reject is mppe-refused", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const caller = client(world, { encryption: "protocol-reject" });
  caller.dial();
  await world.settle();
  await world.clock.advance(10_000);
  assert.ok(caller.seen.includes("terminate-request"));
  const attempt = await lastAttempt(world);
  assert.deepEqual([attempt.verdict, world.clock.now() <= 10_000], ["mppe-refused", true]);
  assert.match(attempt.evidence, /Protocol-Reject/);
});

test("a client that acknowledged our Terminate-Request waits for us: its Call-Disconnect-Notify comes at once", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const caller = client(world, { encryption: "protocol-reject" });
  caller.dial();
  await world.settle();
  assert.deepEqual(caller.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 1"]);
  assert.equal(world.clock.now(), 0);
});

test("a router that asks for MPPE without a bit for ever is mppe-refused", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  client(world, { encryption: "no-bits", mppe: "00000000" }).dial();
  await world.clock.advance(30_000);
  assert.equal((await lastAttempt(world)).verdict, "mppe-refused");
});

const oneAddress = { first: ipv4(0x0a4d000a), last: ipv4(0x0a4d000a) };

test("with the pool empty a call is refused as busy, and the verdict is no-address", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    tunnel: { ...config.tunnel, pool: [oneAddress] },
  }));
  await withAliceUp(world);
  await world.store.users.create(BOB);
  const bob = client(world, { user: "bob", password: "hunter2" }, "198.51.100.8");
  bob.dial();
  assert.equal((await lastAttempt(world)).verdict, "no-address");
  assert.deepEqual(bob.seen, ["start-control-connection-reply", "outgoing-call-reply", "result 4"]);
});

test("with all sessions in use a call is refused as busy, and the verdict is server-full", async (t) => {
  const world = await createWorld(t, (config) => ({ ...config, pptp: { ...config.pptp, maxSessions: 1 } }));
  await withAliceUp(world);
  const second = client(world, {}, "198.51.100.8");
  second.dial();
  assert.equal((await lastAttempt(world)).verdict, "server-full");
  assert.deepEqual(second.seen, ["start-control-connection-reply", "outgoing-call-reply", "result 4"]);
});

test("a static address that another session holds gives no-address after the log-in", async (t) => {
  const world = await createWorld(t);
  await withAliceUp(world);
  await world.store.users.create({ ...BOB, staticAddress: "10.77.0.10" });
  const bob = client(world, { user: "bob", password: "hunter2" }, "198.51.100.8");
  bob.dial();
  await world.settle();
  await world.clock.advance(10_000);
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "no-address");
  assert.match(attempt.evidence, /10\.77\.0\.10/);
  assert.equal(bob.seen.at(-1), "cdn 2", "a general error");
});
