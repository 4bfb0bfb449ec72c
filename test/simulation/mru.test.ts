import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { udpPacket } from "../support/packets/ipv4.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { WINDOWS_7, WINDOWS_NONE } from "../support/peers/windows.ts";
import { ALICE } from "./dials.ts";
import { createWorld } from "./world.ts";

// What a client can receive (RFC 1661 §6.1), and what becomes of packets that are larger.

const HOST = parseIpv4("203.0.113.5")!;
const CLIENT = parseIpv4("10.77.0.10")!;

/** Alice, up with this Maximum-Receive-Unit in hexadecimal; undefined: she names none, which is 1500. */
async function upWith(t: TestContext, mru: string | undefined, kind = WINDOWS_7) {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, encryption: "optional" });
  const others = kind.lcp.filter(([type]) => type !== 1);
  const client = new PptpClient(world, {
    ...kind,
    lcp: mru === undefined ? others : [[1, mru], ...others],
  });
  client.dial();
  await world.settle();
  assert.ok(client.up);
  return { world, client, mtu: world.concentrator.sessions()[0]!.mtu };
}

for (const [mru, kind, mtu] of [
  ["0240", WINDOWS_7, 572],
  ["0578", WINDOWS_7, 1396],
  ["0578", WINDOWS_NONE, 1400],
  [undefined, WINDOWS_7, 1400],
] as const) {
  const named = mru === undefined ? "no MRU" : `an MRU of ${Number.parseInt(mru, 16)}`;
  test(`${kind.name} with ${named} is sent inner packets of ${mtu} octets at most`, async (t) => {
    assert.equal((await upWith(t, mru, kind)).mtu, mtu);
  });
}

for (const [wanted, named] of [
  ["05dc", "1500"],
  ["0640", "1600"],
  ["0040", "64"],
] as const) {
  test(`a client that Naks our MRU with ${named}, again and again, gets in`, async (t) => {
    const kind = { ...WINDOWS_7, naks: [[1, wanted]] as const };
    const { client } = await upWith(t, "05dc", kind);
    assert.ok(client.up);
  });
}

for (const [kind, octets] of [
  [WINDOWS_7, 1496],
  [WINDOWS_NONE, 1500],
] as const) {
  test(`what ${kind.name} sends in an MRU of 1500 reaches the network whole`, async (t) => {
    const { world, client } = await upWith(t, "05dc", { ...kind, naks: [[1, "05dc"]] });
    world.tun.take();
    const packet = udpPacket({ source: CLIENT, destination: HOST }, octets - 28);
    client.send(packet);
    await world.settle();
    assert.deepEqual(
      world.tun.take().map(({ bytes }) => bytes.length),
      [octets],
    );
  });
}

test("no control packet of a whole dial is too long for a client with the smallest MRU", async (t) => {
  const { client } = await upWith(t, "0080");
  const longest = Math.max(...client.ppp.heard.map(({ data }) => data.length + 4));
  assert.ok(longest <= 128, `${longest} octets`);
});

test("a packet that is too large comes in pieces that the client can receive, and none is missing", async (t) => {
  const { world, client, mtu } = await upWith(t, "0240");
  world.tun.deliver(udpPacket({ source: HOST, destination: CLIENT }, 1300));
  await world.settle();
  assert.equal(client.received.length, 3);
  assert.ok(client.received.every((piece) => piece.length <= mtu));
  const carried = client.received.reduce((sum, piece) => sum + piece.length - 20, 0);
  assert.equal(carried, 8 + 1300);
});

test("one that may not be cut is dropped, and its sender is told which size fits", async (t) => {
  const { world, client, mtu } = await upWith(t, "0240");
  world.tun.take();
  world.tun.deliver(udpPacket({ source: HOST, destination: CLIENT, dontFragment: true }, 1300));
  await world.settle();
  assert.equal(client.received.length, 0);
  const [told] = world.tun.take();
  const icmp = Buffer.from(told!.bytes.subarray(20));
  assert.deepEqual([icmp[0], icmp[1], icmp.readUInt16BE(6)], [3, 4, mtu]);
  assert.equal(world.concentrator.status().drops["inner-too-big"], 1);
});
