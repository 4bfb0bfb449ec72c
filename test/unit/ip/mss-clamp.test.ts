import assert from "node:assert/strict";
import { test } from "node:test";
import { clampMss } from "../../../server/ip/mss-clamp.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { bytes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";
import { ipv4Packet, tcpChecksum, tcpPacket } from "../../support/packets/ipv4.ts";

const source = parseIpv4("10.77.0.10")!;
const destination = parseIpv4("192.0.2.1")!;
const SYN = 0x02;
const SYN_ACK = 0x12;
const ACK = 0x10;

const clamped = (packet: Uint8Array, mss: number): Uint8Array => {
  const copy = packet.slice();
  clampMss(copy, 0, copy.length, mss);
  return copy;
};
const syn = (flags: number, options: Uint8Array, ipOptions: Uint8Array = new Uint8Array(0)): Uint8Array =>
  tcpPacket({ source, destination, options: ipOptions }, flags, options);

for (const [name, flags] of [
  ["SYN", SYN],
  ["SYN ACK", SYN_ACK],
] as const) {
  test(`the MSS of a ${name} is lowered and its checksum stays true`, () => {
    const packet = clamped(syn(flags, bytes`0204 05b4 0101 0402`), 1356);
    assert.deepEqual(packet.slice(40), bytes`0204 054c 0101 0402`);
    assert.equal(tcpChecksum(packet), 0);
  });
}

test("an MSS at an odd offset is lowered and its checksum stays true", () => {
  const packet = clamped(syn(SYN, bytes`01 0204 05b4 010101`), 1356);
  assert.deepEqual(packet.slice(40), bytes`01 0204 054c 010101`);
  assert.equal(tcpChecksum(packet), 0);
});

test("an MSS behind IPv4 options and other TCP options is found", () => {
  const packet = clamped(syn(SYN, bytes`0303 07 01 0204 05b4`, bytes`01010101`), 1000);
  assert.deepEqual(packet.slice(44), bytes`0303 07 01 0204 03e8`);
  assert.equal(tcpChecksum(packet), 0);
});

const untouched: Readonly<Record<string, Uint8Array>> = {
  "an MSS that fits": syn(SYN, bytes`0204 054c`),
  "a segment without SYN": syn(ACK, bytes`0204 05b4`),
  "a SYN without an MSS": syn(SYN, bytes`0101 0402`),
  "a SYN without options": syn(SYN, bytes``),
  "an MSS behind the end of the options": syn(SYN, bytes`0001 0101 0204 05b4`),
  "an MSS option of 3 octets": syn(SYN, bytes`0203 05 01`),
  "an option of length 0": syn(SYN, bytes`0300 0101 0204 05b4`),
  "an option past the end": syn(SYN, bytes`0101 0309`),
  "an option cut short behind its kind": syn(SYN, bytes`0101 0102`),
  "a later fragment": tcpPacket({ source, destination, fragmentOffset: 2 }, SYN, bytes`0204 05b4`),
  "a TCP header cut short": ipv4Packet({
    source,
    destination,
    protocol: 6,
    payload: new Uint8Array(19).fill(2),
  }),
  UDP: ipv4Packet({ source, destination, protocol: 17, payload: syn(SYN, bytes`0204 05b4`).slice(20) }),
};
for (const [name, packet] of Object.entries(untouched)) {
  test(`${name} is left as it is`, () => assert.deepEqual(clamped(packet, 1356), packet));
}

test("random TCP options never make it write outside the packet, and the checksum stays true", () => {
  const options = fc.uint8Array({ maxLength: 10 }).map((octets) => {
    const padded = new Uint8Array(Math.ceil(octets.length / 4) * 4);
    padded.set(octets);
    return padded;
  });
  fc.assert(
    fc.property(options, fc.integer({ min: 88, max: 1460 }), (list, mss) => {
      const packet = syn(SYN, list);
      const room = new Uint8Array(packet.length + 8).fill(0xaa);
      room.set(packet);
      clampMss(room, 0, packet.length, mss);
      assert.equal(tcpChecksum(room.slice(0, packet.length)), 0);
      assert.deepEqual(room.slice(packet.length), new Uint8Array(8).fill(0xaa));
    }),
  );
});
