import assert from "node:assert/strict";
import { test } from "node:test";
import { type HeldPacket, HeldPackets } from "../../../../pacctl/capture/order/held-packets.ts";
import { fc } from "../../../support/fc.ts";

/** A packet whose octets say which it is. */
function packet(frame: number, length: number, at: number): HeldPacket {
  const bytes = new Uint8Array(length + 3).fill(frame & 0xff);
  return {
    bytes,
    from: 3,
    to: length + 3,
    original: length + 9,
    interfaceId: 2,
    at,
    frame,
    offset: frame * 7,
  };
}

const octetsOf = ({ bytes, from, to }: HeldPacket) => Buffer.from(bytes.subarray(from, to)).toString("hex");

/** The same packet, whatever memory its octets are in. */
function same(one: HeldPacket | undefined, other: HeldPacket | undefined): void {
  assert.ok(one !== undefined && other !== undefined);
  const plain = (of: HeldPacket) => ({ ...of, bytes: octetsOf(of), from: 0, to: of.to - of.from });
  assert.deepEqual(plain(one), plain(other));
}

/** Lengths of packets with which blocks are full of octets, and such with which they are full of packets. */
const lengths = fc.oneof(fc.constantFrom(0, 60, 40_000, 262_144, 900_000), fc.nat(1500));

for (const sorts of [false, true])
  test(`packets are taken in order${sorts ? " of their times" : ""}, however many come meanwhile`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(lengths, fc.nat(20)), { maxLength: 40 }),
        fc.array(fc.tuple(lengths, fc.nat(20)), { maxLength: 40 }),
        fc.nat(5),
        (held, behind, atOnce) => {
          const packets = new HeldPackets();
          const first = held.map(([length, at], i) => packet(i + 1, length, at));
          for (const one of first) assert.equal(packets.add(one), true);
          const inFile = [...packets];
          assert.equal(inFile.length, first.length);
          for (const [i, one] of inFile.entries()) same(one, first[i]);
          if (sorts) packets.sort();
          const expected = sorts ? first.toSorted((a, b) => a.at - b.at || a.frame - b.frame) : first;
          for (const [i, [length, at]] of behind.entries()) {
            const one = packet(first.length + i + 1, length, at);
            packets.append(one);
            expected.push(one);
            for (let j = 0; j <= atOnce && packets.count > 1; j += 1) same(packets.take(), expected.shift());
          }
          while (packets.count > 0) same(packets.take(), expected.shift());
          assert.deepEqual([expected.length, packets.take()], [0, undefined]);
        },
      ),
      { seed: 2637, numRuns: 40 },
    );
  });

test("thousands of small packets are more than one block, and come back as they were", () => {
  const packets = new HeldPackets();
  const all = Array.from({ length: 7000 }, (_, i) => packet(i + 1, i % 90, (i * 7919) % 7000));
  for (const one of all) assert.equal(packets.add(one), true);
  assert.equal(packets.sort() > 0, true);
  for (const one of all.toSorted((a, b) => a.at - b.at)) same(packets.take(), one);
  assert.equal(packets.count, 0);
});

test("how many stand before one that they follow is told, and nothing where the order is right", () => {
  const packets = new HeldPackets();
  for (const [i, at] of [1, 5, 2, 3, 6].entries()) packets.add(packet(i + 1, 60, at));
  assert.equal(packets.sort(), 1);
  const right = new HeldPackets();
  for (const at of [1, 2, 3]) right.add(packet(at, 60, at));
  assert.equal(right.sort(), 0);
});

test("times of single packets are brought forward", () => {
  const packets = new HeldPackets();
  for (const at of [10, 20, 30]) packets.add(packet(at / 10, 60, at));
  packets.advance(({ frame }) => (frame === 3 ? 25 : 0));
  packets.sort();
  assert.deepEqual(
    [packets.take(), packets.take(), packets.take()].map((one) => [one?.frame, one?.at]),
    [
      [3, 5],
      [1, 10],
      [2, 20],
    ],
  );
});

test("32 MiB are held, and no packet more", () => {
  const packets = new HeldPackets();
  const large = packet(1, 262_144, 0);
  for (let i = 0; i < 128; i += 1) assert.equal(packets.add(large), true);
  assert.equal(packets.add(packet(2, 1, 0)), false);
});
