import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { greFrame, greOf } from "../support/peers/gre-bytes.ts";
import type { PptpClient } from "../support/peers/pptp-client.ts";
import { inner, lastAttempt, withAliceUp } from "./dials.ts";
import type { Link } from "./lossy-link.ts";
import { createWorld, type World } from "./world.ts";

const FROM = parseIpv4("198.51.100.7")!;

/** A link that can lose all that alice sends. */
function losing() {
  let lost = false;
  const link: Link = (deliver) => {
    if (!lost) deliver();
  };
  const lose = (alice: PptpClient, count: number) => {
    lost = true;
    const packet = inner(alice.address, "203.0.113.5", 0);
    for (let i = 0; i < count; i += 1) alice.send(packet);
    lost = false;
  };
  return { link, lose };
}

/** Alice up, and a stranger who knows her addresses, her call ID, and where her numbers are. */
async function aliceAndForger(world: World) {
  let number = 0;
  let callId = 0;
  let forging = false;
  world.tap = (_, from, bytes) => {
    if (from === "client" && !forging) number = greOf(bytes, callId)?.sequence ?? number;
  };
  const alice = await withAliceUp(world);
  callId = alice.serverCallId;
  alice.send(inner(alice.address, "203.0.113.5", 80));
  await world.settle();
  world.tun.take();
  const forge = (ahead: number, frame: Uint8Array) => {
    forging = true;
    world.gre(FROM, greFrame(callId, number + ahead, frame));
    forging = false;
  };
  return { alice, forge };
}

const SEALED = Buffer.from(`ff0300fd9007${"5a".repeat(60)}`, "hex");
const ECHO = Buffer.from("ff03c0210907000800000000", "hex");

for (const [what, frame] of [
  ["nonsense", SEALED],
  ["an Echo-Request", ECHO],
] as const)
  for (const ahead of [3, 40, 97, 5_000, 100_000]) {
    test(`two forged packets ${ahead} ahead, ${what}, every second: all that alice sends arrives`, async (t) => {
      const world = await createWorld(t);
      const { alice, forge } = await aliceAndForger(world);
      for (let tenth = 0; tenth < 50; tenth += 1) {
        if (tenth % 10 === 0) for (const n of [ahead, ahead + 1]) forge(n, frame);
        alice.send(inner(alice.address, "203.0.113.5", 80));
        await world.clock.advance(100);
      }
      await world.clock.advance(1000);
      assert.equal(world.tun.take().length, 50);
      assert.equal(world.concentrator.sessions().length, 1);
      assert.deepEqual(world.errors, []);
    });
  }

test("forged packets in an idle minute do not cost what comes after it", async (t) => {
  const world = await createWorld(t);
  const { alice, forge } = await aliceAndForger(world);
  for (let second = 0; second < 60; second += 1) {
    for (const n of [5_000, 5_001]) forge(20 * second + n, SEALED);
    await world.clock.advance(1000);
  }
  for (let n = 0; n < 20; n += 1) alice.send(inner(alice.address, "203.0.113.5", 80));
  await world.clock.advance(1000);
  assert.equal(world.tun.take().length, 20);
});

test("a client whose numbers jump without end is put off: mppe-over-budget", async (t) => {
  const { link, lose } = losing();
  const world = await createWorld(t, undefined, link);
  const alice = await withAliceUp(world);
  for (let jump = 0; jump < 250 && world.concentrator.sessions().length > 0; jump += 1) {
    lose(alice, 3000);
    for (let n = 0; n < 2; n += 1) alice.send(inner(alice.address, "203.0.113.5", 80));
    await world.clock.advance(50);
  }
  await world.clock.advance(5_000);
  assert.equal((await lastAttempt(world)).verdict, "mppe-over-budget");
  assert.ok(world.concentrator.status().drops["mppe-over-budget"] > 50);
  assert.deepEqual(world.concentrator.sessions(), []);
  assert.deepEqual(world.errors, []);
});

test("a client that loses 20,000 packets in a row, three times, stays", async (t) => {
  const { link, lose } = losing();
  const world = await createWorld(t, undefined, link);
  const alice = await withAliceUp(world);
  world.tun.take();
  for (let time = 0; time < 3; time += 1) {
    lose(alice, 20_000);
    for (let n = 0; n < 20; n += 1) alice.send(inner(alice.address, "203.0.113.5", 80));
    await world.clock.advance(1000);
  }
  assert.equal(world.tun.take().length, 60);
});
