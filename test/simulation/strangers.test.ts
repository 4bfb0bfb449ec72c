import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { greFrame } from "../support/peers/gre-bytes.ts";
import { ALICE, client, withAliceUp } from "./dials.ts";
import { createWorld } from "./world.ts";

test("1,000 connections that send nothing are closed after 10 s, and a client gets in meanwhile", async (t) => {
  const world = await createWorld(t);
  const silent = Array.from({ length: 1000 }, (_, i) => world.connect(`203.0.113.${i % 200}`));
  await world.clock.advance(5_000);
  assert.ok(silent.every((tcp) => !tcp.closed));
  await withAliceUp(world);
  assert.equal(world.clock.now(), 5_000);
  await world.clock.advance(5_100);
  assert.ok(silent.every((tcp) => tcp.closed));
  assert.equal(world.concentrator.status().controlFaults["start-timeout"], 1000);
  assert.equal(world.concentrator.sessions().length, 1);
});

test("beyond 2,048 silent connections the oldest makes room for the newest", async (t) => {
  const world = await createWorld(t);
  const silent = Array.from({ length: 2049 }, (_, i) => world.connect(`203.0.${i >> 8}.${i & 255}`));
  await world.settle();
  assert.deepEqual([silent[0]!.closed, silent[1]!.closed, silent[2048]!.closed], [true, false, false]);
  const alice = client(world);
  await world.store.users.create(ALICE);
  alice.dial();
  await world.settle();
  assert.ok(alice.up);
});

for (const [what, octets] of [
  ["HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["zeros", "\0".repeat(16)],
] as const) {
  test(`${what} on port 1723 closes the connection and is counted`, async (t) => {
    const world = await createWorld(t);
    const tcp = world.connect("203.0.113.1");
    tcp.write(Buffer.from(octets, "latin1"));
    await world.settle();
    assert.ok(tcp.closed);
    assert.equal(
      Object.values(world.concentrator.status().controlFaults).reduce((a, b) => a + b, 0),
      1,
    );
    assert.equal(world.concentrator.status().controlConnections, 0);
    assert.deepEqual(world.errors, []);
  });
}

test("GRE from a stranger with a live call ID reaches nobody and is counted", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const terminate = Buffer.from("ff03c0210501000452", "hex");
  world.gre(parseIpv4("203.0.113.66")!, greFrame(alice.serverCallId, 999, terminate));
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 1);
  assert.equal(world.concentrator.status().drops["gre-wrong-peer"], 1);
});

test("GRE for an unknown call ID is counted", async (t) => {
  const world = await createWorld(t);
  world.gre(parseIpv4("203.0.113.66")!, greFrame(4711, 1, Buffer.from("ff03c021", "hex")));
  await world.settle();
  assert.equal(world.concentrator.status().drops["gre-unknown-call"], 1);
});

test("a dial byte by byte on the control connection comes up as well", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const alice = client(world);
  alice.dial({ segment: 1 });
  await world.settle();
  assert.ok(alice.up, alice.seen.join(", "));
});
