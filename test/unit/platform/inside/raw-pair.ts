import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openRawSocket, type RawSocket } from "../../../../server/platform/raw-socket.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { type Ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const GRE = 47;
const ICMP = 1;
const US = parseIpv4("10.9.9.1")!;
const ALSO_US = parseIpv4("10.9.9.5")!;
const PEER = parseIpv4("10.9.9.2")!;
const ANOTHER = parseIpv4("10.9.9.3")!;
const PACKET = Uint8Array.of(0x30, 0x01, 0x88, 0x0b, 0, 0, 0, 7);

/** Everything but our own addresses lies behind it. */
const tun = openTunTap("ut0");
tun.configure({ local: US, mtu: octets(1400), routes: [{ address: parseIpv4("10.9.9.0")!, prefix: 24 }] });
succeed("ip", ["address", "add", "10.9.9.5/32", "dev", "ut0"]);

let socket: RawSocket;
const batch = new PacketBatch(4, 256);

beforeEach(() => {
  socket?.close();
  socket = openRawSocket();
});
after(() => {
  socket.close();
  tun.close();
});

/** Two packets, with entries that say otherwise than a pair does. */
function sendTwo(): number {
  for (const i of [0, 1]) {
    batch.bytes.set(PACKET, i * batch.slot);
    batch.offsets[i] = i * batch.slot;
    batch.lengths[i] = PACKET.length;
    batch.peers[i] = ANOTHER;
    batch.locals[i] = ALSO_US;
  }
  return socket.send(batch, 2);
}

/** Source and destination of each GRE packet that the kernel has sent since. */
function sent(): number[][] {
  const found = new PacketBatch(16, 1500);
  const view = new DataView(found.bytes.buffer);
  return Array.from({ length: tun.receive(found, 0) }, (_, i) => found.offsets[i]!)
    .filter((at) => found.bytes[at + 9] === GRE)
    .map((at) => [view.getUint32(at + 12), view.getUint32(at + 16)]);
}

/** The kernel gets a packet from outside. */
function arrive(source: Ipv4, destination: Ipv4, protocol: number, payload: Uint8Array): void {
  const packet = ipv4Packet({ source, destination, protocol, payload });
  const one = new PacketBatch(1, 256);
  one.bytes.set(packet);
  one.lengths[0] = packet.length;
  assert.equal(tun.send(one, 1), 1);
}

test("a socket that keeps to a pair of addresses sends there, whatever the batch says", () => {
  sent();
  assert.equal(sendTwo(), 2);
  assert.deepEqual(sent(), [
    [ALSO_US, ANOTHER],
    [ALSO_US, ANOTHER],
  ]);
  socket.keepTo(US, PEER);
  assert.equal(sendTwo(), 2);
  assert.deepEqual(sent(), [
    [US, PEER],
    [US, PEER],
  ]);
});

test("it gets nothing that comes from elsewhere or goes elsewhere, and keeps what had come before", () => {
  arrive(ANOTHER, ALSO_US, GRE, PACKET);
  socket.keepTo(US, PEER);
  for (const [source, destination] of [
    [ANOTHER, US],
    [PEER, ALSO_US],
    [PEER, US],
  ] as const)
    arrive(source, destination, GRE, PACKET);
  assert.equal(socket.receive(batch, 0), 2);
  assert.deepEqual([...batch.peers.subarray(0, 2)], [ANOTHER, PEER]);
  assert.deepEqual([...batch.locals.subarray(0, 2)], [ALSO_US, US]);
});

test("what the network answers to one packet does not cost another", () => {
  socket.keepTo(US, PEER);
  sent();
  const cause = ipv4Packet({ source: US, destination: PEER, protocol: GRE, payload: PACKET });
  // Destination Unreachable, Protocol Unreachable (RFC 792), with a checksum made by hand.
  const error = Uint8Array.of(3, 2, 0, 0, 0, 0, 0, 0, ...cause);
  const words = new DataView(error.buffer);
  let sum = 0;
  for (let at = 0; at < error.length; at += 2) sum += words.getUint16(at);
  words.setUint16(2, ~((sum & 0xffff) + (sum >>> 16)));
  arrive(PEER, US, ICMP, error);
  assert.equal(sendTwo(), 2);
  assert.equal(sent().length, 2);
});

test("addresses that this host does not have are refused, and the batch says where packets go", () => {
  socket.keepTo(ANOTHER, PEER);
  sent();
  assert.equal(sendTwo(), 2);
  assert.deepEqual(sent()[0], [ALSO_US, ANOTHER]);
});
