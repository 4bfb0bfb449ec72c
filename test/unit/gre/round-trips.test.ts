import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAST_SPAN, QUIET, RoundTrips, TIMED_FOR, TOGETHER } from "../../../server/gre/round-trips.ts";
import { fc } from "../../support/fc.ts";

test("the time from a packet to its acknowledgement is a round trip", () => {
  const trips = new RoundTrips();
  trips.sent(0, 1000);
  assert.equal(trips.acknowledged(0, false, 1030), true);
  assert.deepEqual([trips.smoothed, trips.least, trips.samples], [30, 30, 1]);
});

test("of packets that left together the acknowledgement of the last counts, that of a later one does not", () => {
  const trips = new RoundTrips();
  trips.sent(0, 1000);
  trips.sent(1, 1000 + TOGETHER);
  trips.sent(2, 1020);
  assert.equal(trips.acknowledged(1, true, 1050), true);
  assert.equal(trips.smoothed, 50);
  trips.sent(3, 2000);
  trips.sent(4, 2100);
  assert.equal(trips.acknowledged(4, true, 2150), false, "3 may be lost, and when 4 left is not known");
  assert.equal(trips.samples, 1);
  trips.sent(5, 3000);
  assert.equal(trips.acknowledged(5, true, 3010), true, "and the next packet is timed again");
});

test("one packet at a time is timed, and no longer than TIMED_FOR", () => {
  const trips = new RoundTrips();
  trips.sent(0, 0);
  trips.sent(1, 500);
  trips.sent(2, TIMED_FOR);
  assert.equal(trips.acknowledged(1, true, TIMED_FOR + 1), false, "older than what is timed now");
  assert.equal(trips.acknowledged(2, true, TIMED_FOR + 7), true);
  assert.equal(trips.smoothed, 7);
});

test("numbers that were never sent, and those acknowledged before, tell nothing", () => {
  const trips = new RoundTrips();
  assert.equal(trips.acknowledged(0, true, 0), false, "nothing was sent");
  trips.sent(0, 0);
  assert.equal(trips.acknowledged(1, true, 1), false);
  assert.equal(trips.acknowledged(0x7fff_ffff, true, 1), false);
  assert.equal(trips.acknowledged(0, true, 10), true);
  assert.equal(trips.acknowledged(0, true, 11), false);
  assert.equal(trips.samples, 1);
});

test("the smoothed round trip follows by an eighth, the least forgets what is older than two spans", () => {
  const trips = new RoundTrips();
  const take = (sequence: number, at: number, ms: number) => {
    trips.sent(sequence, at);
    trips.acknowledged(sequence, true, at + ms);
  };
  take(0, 0, 80);
  take(1, 1000, 160);
  assert.deepEqual([trips.smoothed, trips.least], [90, 80]);
  take(2, LEAST_SPAN + 1000, 200);
  assert.equal(trips.least, 80, "still of the span before");
  take(3, 2 * LEAST_SPAN + 2000, 170);
  assert.equal(trips.least, 170);
  take(4, 20 * LEAST_SPAN, 300);
  assert.equal(trips.least, 300, "after a long silence there is no span before");
});

test("a packet with nothing behind it for QUIET is tested, once the client sends acknowledgements alone", () => {
  const trips = new RoundTrips();
  trips.sent(0, 0);
  trips.acknowledged(0, false, 10);
  trips.sent(1, 5000);
  assert.equal(trips.tested, 0, "it may wait for a packet that takes the acknowledgement along");
  trips.acknowledged(1, true, 5010);
  assert.equal(trips.sent(2, 5000 + QUIET), true);
  assert.deepEqual([trips.tested, trips.unacknowledged], [1, 0]);
  assert.equal(trips.sent(3, 5000 + 2 * QUIET), true, "2 was never acknowledged");
  assert.deepEqual([trips.tested, trips.unacknowledged], [2, 1]);
  assert.equal(trips.sent(4, 5000 + 3 * QUIET - 1), false, "too soon to tell");
  assert.deepEqual([trips.tested, trips.unacknowledged], [2, 1]);
});

test("over any link with a fixed delay the round trip is that delay, and what is unacknowledged is what was lost", () => {
  const link = fc.record({
    delay: fc.integer({ min: 1, max: QUIET - 1 }),
    start: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    lost: fc.array(fc.boolean(), { minLength: 3, maxLength: 60 }),
  });
  fc.assert(
    fc.property(link, ({ delay, start, lost }) => {
      const trips = new RoundTrips();
      const alone = { sent: 0, lost: 0 };
      trips.sent((start - 1) | 0, -10 * QUIET);
      trips.acknowledged((start - 1) | 0, true, -10 * QUIET + delay);
      const known = { tested: 1, unacknowledged: 0 };
      lost.forEach((isLost, index) => {
        const at = index * 3 * QUIET;
        trips.sent((start + index) | 0, at);
        if (index > 0) alone.sent += 1;
        if (!isLost) trips.acknowledged((start + index) | 0, true, at + delay);
        else if (index < lost.length - 1) alone.lost += 1;
      });
      assert.equal(trips.least, delay);
      assert.equal(trips.smoothed, delay);
      assert.equal(trips.tested, alone.sent + known.tested);
      assert.equal(trips.unacknowledged, alone.lost);
    }),
  );
});

test("whatever is acknowledged, no round trip is negative or longer than TIMED_FOR, and no more fail than are tested", () => {
  const step = fc.record({
    sent: fc.boolean(),
    number: fc.integer({ min: -5, max: 200 }),
    alone: fc.boolean(),
    after: fc.integer({ min: 0, max: 8000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const trips = new RoundTrips();
      let [now, next] = [0, 0];
      for (const { sent, number, alone, after } of steps) {
        now += after;
        if (sent) trips.sent(next++, now);
        else trips.acknowledged(number, alone, now);
        assert.ok(trips.least >= 0 && trips.least < TIMED_FOR);
        assert.ok(trips.smoothed >= 0 && trips.smoothed < TIMED_FOR);
        assert.ok(trips.unacknowledged <= trips.tested);
      }
    }),
  );
});
