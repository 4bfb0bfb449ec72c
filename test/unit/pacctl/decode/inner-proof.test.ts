import assert from "node:assert/strict";
import { test } from "node:test";
import { type Proof, proofOf } from "../../../../pacctl/decode/data/inner-proof.ts";
import { inner } from "../../../simulation/dials.ts";
import { bytes, fromHex } from "../../../support/bytes.ts";

const packet = inner("10.77.0.10", "203.0.113.5", 40);

const ipv6 = bytes`
  60000000 0008 3b 40               Version 6, payload 8, no next header, hop limit
  fe80000000000000 0000000000000001  Source
  ff02000000000000 0000000000000001  Destination
  0000000000000000
`;

const changed = (octets: Uint8Array, at: number, value: number): Uint8Array => octets.with(at, value);

for (const [what, protocol, octets, captured, proof] of [
  ["IPv4", 0x21, packet, 999, "holds"],
  ["IPv4 with padding behind it", 0x21, Uint8Array.of(...packet, 0, 0), 999, "holds"],
  ["IPv4, whose header alone was captured", 0x21, packet, 20, "holds"],
  ["IPv4, of whose header 19 octets were captured", 0x21, packet, 19, "cut"],
  ["version 5, of whose header 19 octets were captured", 0x21, changed(packet, 0, 0x55), 19, "senseless"],
  ["IPv4 of which nothing was captured", 0x21, packet, 0, "cut"],
  ["IPv4 with a wrong version", 0x21, changed(packet, 0, 0x65), 999, "senseless"],
  ["IPv4 with a header of 16 octets", 0x21, changed(packet, 0, 0x44), 999, "senseless"],
  ["IPv4 with a wrong checksum", 0x21, changed(packet, 10, packet[10]! ^ 1), 999, "senseless"],
  ["IPv4 that ends before its Total Length", 0x21, packet.subarray(0, -1), 999, "senseless"],
  ["IPv4 of 19 octets", 0x21, packet.subarray(0, 19), 999, "senseless"],
  ["IPv6", 0x57, ipv6, 999, "holds"],
  ["IPv6, cut", 0x57, ipv6, 30, "cut"],
  ["IPv6 with a wrong version", 0x57, changed(ipv6, 0, 0x40), 999, "senseless"],
  ["IPv6 with a Next Header of nobody", 0x57, changed(ipv6, 6, 200), 999, "senseless"],
  ["IPv6 that ends before its payload", 0x57, ipv6.subarray(0, -1), 999, "senseless"],
  ["IPv6 with hop limit 0", 0x57, changed(ipv6, 7, 0), 999, "senseless"],
  ["IPv6 from a multicast address", 0x57, changed(ipv6, 8, 0xff), 999, "senseless"],
  ["IPX", 0x2b, fromHex(`ffff 001e ${"00".repeat(26)}`), 999, "holds"],
  ["IPX with a checksum", 0x2b, fromHex(`fffe 001e ${"00".repeat(26)}`), 999, "senseless"],
  ["IPX that is too short", 0x2b, fromHex(`ffff 001f ${"00".repeat(26)}`), 999, "senseless"],
  ["IPCP, which some encrypt", 0x8021, fromHex("01 01 000a 0306 0a4d000a"), 999, "holds"],
  ["IPCP of an unknown code", 0x8021, fromHex("21 01 000a 0306 0a4d000a"), 999, "senseless"],
  ["TCP with its header compressed", 0x2d, fromHex("0f 00"), 999, "unprovable"],
  ["a protocol of nobody", 0x0001, packet, 999, "senseless"],
  ["MPPE within MPPE", 0x00fd, packet, 999, "senseless"],
] as const satisfies readonly (readonly [string, number, Uint8Array, number, Proof])[])
  test(`${what}: ${proof}`, () => {
    assert.equal(proofOf(protocol, octets, Math.min(captured, octets.length)), proof);
  });

test("TCP prepared for compression has a slot in the place of its protocol, and the checksum from before", () => {
  // A SYN of 40 octets (RFC 1144 §3.2.2).
  const syn = bytes`
    4500 0028 0001 0000 40 06 3473  IPv4, TCP, checksum
    0a4d000a cb007105               From 10.77.0.10 to 203.0.113.5
    0401 0050 00000001 00000000 5002 2000 0000 0000
  `;
  assert.equal(proofOf(0x21, syn, 40), "holds");
  assert.equal(proofOf(0x2f, changed(syn, 9, 3), 40), "holds");
  assert.equal(proofOf(0x21, changed(syn, 9, 3), 40), "senseless");
});
