import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { bytes } from "../../../support/bytes.ts";
import { START } from "../../../support/capture/files.ts";
import { CLIENT, gre, type IpFields, ipv4, ipv6, SERVER, tcp } from "../../../support/capture/frames.ts";
import { ofKind, readPackets } from "../../../support/capture/read.ts";

const GRE = gre(
  7,
  Uint8Array.from({ length: 52 }, (_, i) => i),
); // 64 octets

const piece = (from: number, to: number, more: boolean, fields: Partial<IpFields> = {}): Uint8Array =>
  ipv4(
    { protocol: 47, id: 77, fragmentOffset: from, moreFragments: more, ...fields },
    GRE.subarray(from, to),
  );

/** A fragment of IPv6 (RFC 8200 §4.5). */
const piece6 = (from: number, to: number, more: boolean, whole = GRE, next = 47): Uint8Array =>
  ipv6(
    { protocol: 44 },
    bytes`
      ${Uint8Array.of(next)} 00             next header, reserved
      ${Uint8Array.of(from >>> 8, (from & 0xf8) | (more ? 1 : 0))}
      0000 0077                             identification
      ${whole.subarray(from, to)}
    `,
  );

test("fragments in any order make one packet, at the time of the last", () => {
  const parts = [piece(0, 24, true), piece(24, 48, true), piece(48, 64, false)];
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const reading = readPackets(...order.map((index) => parts[index]!));
    const packets = ofKind(reading, "gre");
    assert.equal(packets.length, 1, `${order}`);
    const { octets, length, cut, when, source, destination, checksum } = packets[0]!;
    assert.deepEqual(octets, GRE);
    assert.deepEqual([length, cut, when.frame, checksum], [64, false, 3, "right"]);
    assert.deepEqual([source, destination], [CLIENT, SERVER]);
    assert.equal(reading.summary.packets.fragment, 2);
    assert.equal(reading.summary.packets.gre, 1);
  }
});

test("fragments of two datagrams do not mix", () => {
  const other = { id: 78 };
  const reading = readPackets(
    piece(0, 32, true),
    piece(0, 32, true, other),
    piece(32, 64, false),
    piece(32, 64, false, other),
  );
  assert.equal(ofKind(reading, "gre").length, 2);
  const wrong = readPackets(
    piece(0, 32, true),
    piece(32, 64, false, { id: 79 }),
    piece(32, 64, false, { source: SERVER }),
  );
  assert.equal(ofKind(wrong, "gre").length, 0);
  assert.equal(wrong.summary.notes["incomplete-datagrams"], 3);
});

test("of fragments that overlap, the first octets stand", () => {
  const other = ipv4(
    { protocol: 47, id: 77, fragmentOffset: 16, moreFragments: true },
    new Uint8Array(32).fill(0xff),
  );
  const reading = readPackets(piece(0, 32, true), other, piece(48, 64, false));
  const want = GRE.slice();
  want.fill(0xff, 32, 48);
  assert.deepEqual(ofKind(reading, "gre")[0]?.octets, want);
});

test("a fragment with a wrong checksum gives way to its better copy", () => {
  const bad = ipv4(
    { protocol: 47, id: 77, fragmentOffset: 0, moreFragments: true, checksum: 0x1111 },
    new Uint8Array(32),
  );
  const reading = readPackets(bad, piece(0, 32, true), piece(32, 64, false));
  const [packet] = ofKind(reading, "gre");
  assert.deepEqual(packet?.octets, GRE);
  assert.equal(packet?.checksum, "right");
  assert.equal(ofKind(readPackets(bad, piece(32, 64, false)), "gre")[0]?.checksum, "wrong");
});

test("copies of fragments from a second interface make no second packet, and none that lacks pieces", () => {
  const one = piece(0, 32, true);
  const two = piece(32, 64, false);
  for (const order of [
    [one, one, two, two],
    [one, two, one, two],
  ]) {
    const reading = readPackets(...order);
    assert.equal(ofKind(reading, "gre").length, 1);
    assert.equal(reading.summary.notes["incomplete-datagrams"], 0);
  }
});

test("a first fragment that the capture cut is a packet that was cut; the others are counted", () => {
  const first = piece(0, 32, true);
  const reading = readPackets({ octets: first.subarray(0, 36), original: 52 }, piece(32, 64, false));
  const [packet] = ofKind(reading, "gre");
  assert.deepEqual(packet?.octets, GRE.subarray(0, 16));
  assert.equal(packet?.cut, true);
  assert.equal(reading.summary.packets.fragment, 1);
});

test("fragments whose others never come are given up after half a minute", () => {
  const reading = readPackets(
    piece(0, 32, true),
    { octets: piece(0, 32, true, { id: 78 }), time: START + 31_000_000_000n },
    { octets: piece(32, 64, false), time: START + 31_000_000_001n },
  );
  assert.equal(ofKind(reading, "gre").length, 0);
  assert.equal(reading.summary.notes["incomplete-datagrams"], 3);
});

test("fragments of IPv6, with an extension header in the part that is cut", () => {
  assert.deepEqual(ofKind(readPackets(piece6(32, 64, false), piece6(0, 32, true)), "gre")[0]?.octets, GRE);
  const behind = concat(bytes`2f 00 0104 00000000`, GRE);
  const parts = [piece6(0, 32, true, behind, 60), piece6(32, 72, false, behind, 60)];
  assert.deepEqual(ofKind(readPackets(...parts), "gre")[0]?.octets, GRE);
});

test("an IPv6 fragment that is the whole packet", () => {
  assert.deepEqual(ofKind(readPackets(piece6(0, 64, false)), "gre")[0]?.octets, GRE);
});

test("a TCP segment in fragments", () => {
  const segment = tcp({ seq: 1 }, new Uint8Array(44).fill(9)).subarray(20);
  const part = (from: number, to: number, more: boolean) =>
    ipv4({ protocol: 6, id: 5, fragmentOffset: from, moreFragments: more }, segment.subarray(from, to));
  const reading = readPackets(part(0, 32, true), part(32, 64, false));
  assert.deepEqual(ofKind(reading, "tcp-octets")[0]?.octets, new Uint8Array(44).fill(9));
});
