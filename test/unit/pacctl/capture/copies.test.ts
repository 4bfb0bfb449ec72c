import assert from "node:assert/strict";
import { test } from "node:test";
import { type FilePacket, START } from "../../../support/capture/files.ts";
import { gre, ipv4 } from "../../../support/capture/frames.ts";
import { ofKind, readPackets } from "../../../support/capture/read.ts";

const GRE = gre(
  7,
  Uint8Array.from({ length: 52 }, (_, i) => i),
); // 64 octets

test("a copy on a second interface is known, whatever TTL and checksum a router made of it", () => {
  const first = ipv4({ protocol: 47, id: 9 }, GRE);
  const routed = first.slice();
  routed[8] = 63;
  routed[10] = 0;
  routed[11] = 0;
  const reading = readPackets(first, routed, ipv4({ protocol: 47, id: 10 }, GRE));
  assert.deepEqual(
    ofKind(reading, "gre").map(({ copyOf }) => copyOf),
    [undefined, 1, undefined],
  );
  assert.equal(reading.summary.notes.copies, 1);
});

test("without an identification, only what comes at once is a copy; with one, within a second", () => {
  const at = (id: number, after: bigint) => ({
    octets: ipv4({ protocol: 47, id }, GRE),
    time: START + after,
  });
  const copies = (...packets: FilePacket[]) => readPackets(...packets).summary.notes.copies;
  assert.equal(copies(at(0, 0n), at(0, 99_000_000n)), 1);
  assert.equal(copies(at(0, 0n), at(0, 101_000_000n)), 0);
  assert.equal(copies(at(4, 0n), at(4, 999_000_000n)), 1);
  assert.equal(copies(at(4, 0n), at(4, 1_001_000_000n)), 0);
});

test("a packet with a wrong checksum is nobody's copy, and has none", () => {
  const bad = ipv4({ protocol: 47, id: 9, checksum: 0x1111 }, GRE);
  const reading = readPackets(bad, ipv4({ protocol: 47, id: 9 }, GRE), bad);
  assert.equal(reading.summary.notes.copies, 0);
});
