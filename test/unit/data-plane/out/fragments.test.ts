import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragments } from "../../../../server/data-plane/out/fragments.ts";
import { headerLength, innerLength } from "../../../../server/ip/inner-packet.ts";
import { internetChecksum } from "../../../../server/ip/internet-checksum.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { bytes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const source = parseIpv4("198.51.100.7")!;
const destination = parseIpv4("10.77.0.10")!;

function cut(packet: Uint8Array, mtu: number): Uint8Array[] {
  const fragments = new Fragments();
  const count = fragments.cut(packet, 0, packet.length, mtu);
  const { batch } = fragments;
  return Array.from({ length: count }, (_, i) => {
    const at = batch.offsets[i]!;
    return batch.bytes.slice(at, at + batch.lengths[i]!);
  });
}

const flags = (piece: Uint8Array): string => Buffer.from(piece.subarray(6, 8)).toString("hex");

test("1,000 octets for an MTU of 576: two pieces, header fields kept", () => {
  const [first, second, ...others] = cut(udpPacket({ source, destination }, 972), 576);
  assert.deepEqual(others, []);
  assert.deepEqual(
    first!.subarray(0, 20),
    bytes`
      4500 023c   Total Length 572: 552 octets, a multiple of 8
      1234 2000   Identification, more fragments
      4011 ${first!.subarray(10, 12)}
      c6336407 0a4d000a
    `,
  );
  assert.deepEqual(
    second!.subarray(0, 20),
    bytes`
      4500 01c0   Total Length 448
      1234 0045   Identification, offset 69 × 8 = 552
      4011 ${second!.subarray(10, 12)}
      c6336407 0a4d000a
    `,
  );
});

test("a fragment is cut further: offsets go on, and the last piece is the last only if it was", () => {
  const middle = udpPacket({ source, destination, fragmentOffset: 0x2000 | 100 }, 100);
  assert.deepEqual(cut(middle, 100).map(flags), ["2064", "206e"]);
  const end = udpPacket({ source, destination, fragmentOffset: 100 }, 100);
  assert.deepEqual(cut(end, 100).map(flags), ["2064", "006e"]);
});

test("options that are not to be copied stand in the first piece only", () => {
  const options = bytes`
    07 04 04 00   Record Route, not copied
    94 04 0000    Router Alert, copied
  `;
  const [first, second] = cut(udpPacket({ source, destination, options }, 100), 100);
  assert.deepEqual(first!.subarray(20, 28), options);
  assert.deepEqual(second!.subarray(20, 28), bytes`01010101 94040000`);
});

test("what would be more pieces than a batch holds is not cut", () => {
  const options = new Uint8Array(40).fill(1);
  assert.deepEqual(cut(udpPacket({ source, destination, options }, 1400), 68), []);
});

test("pieces of any packet fit the MTU, are sound and make up the packet again", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 68, max: 1456 }),
      fc.integer({ min: 0, max: 1400 }),
      fc.integer({ min: 0, max: 10 }),
      (mtu, size, words) => {
        const options = new Uint8Array(4 * words).fill(1);
        const packet = udpPacket({ source, destination, options }, size);
        const pieces = cut(packet, mtu);
        if (pieces.length === 0) return;
        const rebuilt = new Uint8Array(packet.length);
        for (const piece of pieces) {
          assert.ok(piece.length <= mtu);
          assert.equal(innerLength(piece, 0, piece.length), piece.length);
          const header = headerLength(piece, 0);
          assert.equal(internetChecksum(piece, 0, header), 0);
          const offset = 8 * (((piece[6]! & 0x1f) << 8) | piece[7]!);
          rebuilt.set(piece.subarray(header), header + offset);
        }
        const header = headerLength(packet, 0);
        assert.deepEqual(rebuilt.subarray(header), packet.subarray(header));
      },
    ),
    { numRuns: 300, seed: 791 },
  );
});
