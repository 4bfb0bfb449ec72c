import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_ERROR, mayAnswer, writeFragmentationNeeded } from "../../../server/ip/icmp.ts";
import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { bytes } from "../../support/bytes.ts";
import { ipv4Packet, udpPacket } from "../../support/packets/ipv4.ts";

const source = parseIpv4("192.0.2.1")!;
const destination = parseIpv4("10.77.0.10")!;

function answer(packet: Uint8Array): Uint8Array {
  const into = new Uint8Array(MAX_ERROR).fill(0xee);
  return into.slice(0, writeFragmentationNeeded(into, packet, 0, packet.length, destination, 1296));
}

test("a short packet is quoted whole, behind next-hop MTU and true checksums", () => {
  const packet = udpPacket({ source, destination, dontFragment: true }, 4);
  assert.deepEqual(
    answer(packet),
    bytes`
      4500 003c   Version 4, Total Length 28 + 32
      0000 0000   Identification, flags
      4001 ae69   TTL 64, ICMP, checksum
      0a4d000a    Source: the client's address
      c0000201    Destination: who sent the packet
      0304 2a0d   Destination Unreachable, fragmentation needed, checksum
      0000 0510   Unused, next-hop MTU 1296
      ${packet}
    `,
  );
});

test("a long packet is quoted up to 576 octets in all", () => {
  const packet = udpPacket({ source, destination, dontFragment: true }, 1400);
  const error = answer(packet);
  assert.equal(error.length, 576);
  assert.deepEqual(error.slice(28), packet.slice(0, 548));
  assert.equal(internetChecksum(error, 0, 20), 0);
  assert.equal(internetChecksum(error, 20, error.length), 0);
});

const may = (packet: Uint8Array): boolean => mayAnswer(packet, 0, packet.length);
const icmp = (...octets: number[]): Uint8Array =>
  ipv4Packet({ source, destination, protocol: 1, payload: Uint8Array.from(octets) });

test("a datagram and an echo request may be answered", () => {
  assert.ok(may(udpPacket({ source, destination }, 4)));
  assert.ok(may(icmp(8, 0, 0, 0)));
});

for (const type of [3, 4, 5, 11, 12]) {
  test(`ICMP error ${type} is not answered`, () => assert.ok(!may(icmp(type, 0, 0, 0))));
}

test("ICMP without a type is not answered", () => assert.ok(!may(icmp())));

test("a later fragment is not answered", () => {
  assert.ok(!may(udpPacket({ source, destination, fragmentOffset: 8 }, 4)));
});

for (const text of ["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"]) {
  test(`a packet from ${text} is not answered`, () => {
    assert.ok(!may(udpPacket({ source: parseIpv4(text)!, destination }, 4)));
  });
}
