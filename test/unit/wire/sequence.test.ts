import assert from "node:assert/strict";
import { test } from "node:test";
import { ahead, following } from "../../../server/wire/sequence.ts";
import { fc } from "../../support/fc.ts";

const distances: readonly [number, number, number][] = [
  [5, 5, 0],
  [6, 5, 1],
  [5, 6, -1],
  [0, 0xffffffff, 1],
  [0xffffffff, 0, -1],
  [0, -1, 1],
  [0x80000000, 0x7fffffff, 1],
  [0x7fffffff, 0x80000000, -1],
  [0x7fffffff, 0, 0x7fffffff],
];
for (const [a, b, distance] of distances)
  test(`${a} is ${distance} ahead of ${b}`, () => assert.equal(ahead(a, b), distance));

test("signed and unsigned forms of a number are the same number", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      assert.equal(ahead(a >>> 0, b), ahead(a, b >>> 0));
    }),
    { seed: 2637 },
  );
});

test("the following number is one ahead, also across 2^31 and 2^32", () => {
  for (const sequence of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, -1]) {
    assert.equal(ahead(following(sequence), sequence), 1);
  }
  assert.equal(following(0xffffffff), 0);
});
