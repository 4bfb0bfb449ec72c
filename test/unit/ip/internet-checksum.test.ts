import assert from "node:assert/strict";
import { test } from "node:test";
import { adjustChecksum, internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { bytes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

test("RFC 1071 §3: the sum of 0001 f203 f4f5 f6f7 is ddf2, its checksum the complement", () => {
  assert.equal(internetChecksum(bytes`0001 f203 f4f5 f6f7`, 0, 8), 0x220d);
});

test("an odd octet at the end counts as the high half of a word", () => {
  assert.equal(internetChecksum(bytes`0001 f2`, 0, 3), internetChecksum(bytes`0001 f200`, 0, 4));
});

test("RFC 1624 §4: dd2f, with 5555 changed to 3285, becomes 0000 and not ffff", () => {
  assert.equal(adjustChecksum(0xdd2f, 0x5555, 0x3285), 0);
});

test("an adjusted checksum is the one computed anew", () => {
  const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.nat(), fc.integer({ min: 0, max: 0xffff }), (list, pick, after) => {
      const place = pick % list.length;
      const changed = list.with(place, after);
      fc.pre([...list, ...changed].some((word) => word !== 0) && changed.some((word) => word !== 0));
      const before = checksumOf(list);
      assert.equal(adjustChecksum(before, list[place]!, after), checksumOf(changed));
    }),
  );
});

const checksumOf = (words: readonly number[]): number => {
  const octets = Uint8Array.from(words.flatMap((word) => [word >>> 8, word & 0xff]));
  return internetChecksum(octets, 0, octets.length);
};
