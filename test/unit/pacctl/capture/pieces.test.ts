import assert from "node:assert/strict";
import { test } from "node:test";
import { Pieces, type Rank } from "../../../../pacctl/capture/pieces.ts";
import { fc } from "../../../support/fc.ts";

const when = { frame: 1, at: 0, interfaceId: 0 };

/** Where a piece begins, how long it is, how good. */
const piece = fc.record({
  start: fc.nat(40),
  length: fc.integer({ min: 1, max: 20 }),
  rank: fc.constantFrom<Rank>(0, 1, 2),
});

test("each octet is the first of the best that came for its place, and pieces neither overlap nor lie", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (list) => {
      const pieces = new Pieces();
      const best = new Map<number, { rank: Rank; from: number }>();
      for (const [from, { start, length, rank }] of list.entries()) {
        const octets = new Uint8Array(rank === 0 ? 0 : length).fill(from);
        const overlaps = Array.from({ length }, (_, i) => start + i).some((place) => best.has(place));
        const again = pieces.insert({ start, end: start + length, octets, rank, when });
        assert.equal(again, overlaps);
        for (let place = start; place < start + length; place += 1) {
          const there = best.get(place);
          if (there === undefined || there.rank < rank) best.set(place, { rank, from });
        }
      }
      let end = 0;
      let held = 0;
      const seen = new Set<number>();
      for (const { start, end: stop, octets, rank } of pieces) {
        assert.ok(start >= end && stop > start);
        end = stop;
        held += octets.length;
        assert.equal(octets.length, rank === 0 ? 0 : stop - start);
        for (let place = start; place < stop; place += 1) {
          seen.add(place);
          assert.equal(best.get(place)?.rank, rank);
          if (rank > 0) assert.equal(octets[place - start], best.get(place)?.from);
        }
      }
      assert.equal(seen.size, best.size);
      assert.equal(pieces.held, held);
    }),
  );
});
