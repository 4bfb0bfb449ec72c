import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { greFrame } from "../support/peers/gre-bytes.ts";
import { ALICE, client, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

// A router with two uplinks, or another VPN below this one: TCP leaves by one address, GRE by another. And
// what else may have come of GRE when a dial fails without a word of PPP.

const US = parseIpv4("198.51.100.7")!;
const ELSEWHERE = parseIpv4("203.0.113.9")!;

/** The same world, where what clients send through GRE goes through `change` first. */
const through = (world: World, change: (from: number, bytes: Uint8Array) => void): World => ({
  ...world,
  gre: change,
});

/** Alice dials, and her GRE packets come from elsewhere, the first `own` of them excepted. */
async function dials(t: TestContext, own = 0) {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  let sent = 0;
  const caller = client(
    through(world, (from, bytes) => {
      sent += 1;
      world.gre((sent <= own ? from : ELSEWHERE) as never, bytes);
    }),
  );
  caller.dial();
  await world.settle();
  return { world, caller };
}

test("GRE from another address than TCP ends the dial after ten seconds, and both addresses are named", async (t) => {
  const { world } = await dials(t);
  await world.clock.advance(10_000);
  const { verdict, evidence, sessionId } = await lastAttempt(world);
  assert.deepEqual([verdict, sessionId], ["gre-from-elsewhere", null]);
  assert.equal(
    evidence,
    "GRE packets of this call came from 203.0.113.9, while its control connection comes from 198.51.100.7, and none from there within 10 s of the call reply.",
  );
  assert.ok(world.concentrator.status().drops["gre-wrong-peer"] > 0);
  assert.equal(world.concentrator.status().verdicts["gre-from-elsewhere"], 1);
});

test("a client that gives up before is told the same", async (t) => {
  const { world, caller } = await dials(t);
  await world.clock.advance(2_000);
  caller.clearCall();
  assert.equal((await lastAttempt(world)).verdict, "gre-from-elsewhere");
});

test("where a part of the GRE comes from elsewhere, the silence that follows says so", async (t) => {
  const { world } = await dials(t, 2);
  await world.clock.advance(120_000);
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "auth-unanswered");
  assert.match(
    evidence,
    / of this call came from 203\.0\.113\.9, while its control connection comes from 198\.51\.100\.7; /,
  );
});

test("a stranger's packet beside a session changes nothing of how its end is told", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const alice = client(world);
  alice.dial();
  await world.settle();
  world.gre(ELSEWHERE, greFrame(alice.serverCallId, 7, Buffer.from("ff03c021", "hex")));
  await world.clock.advance(5_000);
  alice.clearCall();
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "client-hung-up");
  assert.equal(
    evidence,
    "The client sent a Call-Clear-Request 5.0 s after the call began, after the session was up.",
  );
});

for (const [what, frame] of [
  ["acknowledgements alone", undefined],
  ["octets that are no PPP", "ff"],
  ["data before anything was agreed", "ff03002145000014000000004001000000000000000000000"],
] as const) {
  test(`GRE of ${what} is not said to be missing`, async (t) => {
    const world = await createWorld(t);
    const caller = client(world, { gre: "blocked" });
    caller.dial();
    await world.settle();
    const bytes =
      frame === undefined
        ? Buffer.from(`2081880b0000${caller.serverCallId.toString(16).padStart(4, "0")}00000000`, "hex")
        : greFrame(caller.serverCallId, 1, Buffer.from(frame, "hex"));
    world.gre(US, bytes);
    await world.clock.advance(120_000);
    const { verdict, evidence } = await lastAttempt(world);
    assert.equal(verdict, "lcp-unanswered", evidence);
    assert.doesNotMatch(evidence, /no GRE/i);
  });
}

test("a client that hangs up after seven seconds without GRE is gre-blocked, one that does after two is not", async (t) => {
  for (const [after, verdict] of [
    [7_000, "gre-blocked"],
    [2_000, "client-hung-up"],
  ] as const) {
    const world = await createWorld(t);
    const caller = client(world, { gre: "blocked" });
    caller.dial();
    await world.clock.advance(after);
    caller.clearCall();
    assert.equal((await lastAttempt(world)).verdict, verdict);
  }
});
