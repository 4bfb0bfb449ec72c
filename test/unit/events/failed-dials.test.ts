import assert from "node:assert/strict";
import { test } from "node:test";
import { EventBus } from "../../../server/events/event-bus.ts";
import { type FailedDial, FailedDials } from "../../../server/events/failed-dials.ts";
import type { EventData } from "../../../server/events/register.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function bench() {
  const clock = new VirtualClock();
  const bus = new EventBus(clock, 0);
  const told: EventData["dial-failed"][] = [];
  bus.watch((event) => void (event.type === "dial-failed" && told.push(event.data)));
  const dials = new FailedDials(clock, bus);
  let next = 0;
  const fail = (changes: Partial<FailedDial> = {}) =>
    dials.failed({
      attempt: `a${++next}`,
      verdict: "bad-credentials",
      evidence: "The password is wrong.",
      user: "alice",
      userId: "id of alice",
      clientAddress: "198.51.100.7",
      ...changes,
    });
  return { clock, told, fail };
}

test("the first failed dial is told at once, whole", () => {
  const { told, fail } = bench();
  fail();
  assert.deepEqual(told, [
    {
      attempt: "a1",
      verdict: "bad-credentials",
      evidence: "The password is wrong.",
      user: "alice",
      userId: "id of alice",
      clientAddress: "198.51.100.7",
      count: 1,
      leftOut: 0,
    },
  ]);
});

test("those that follow within a minute are told together at its end, with the latest of them", async () => {
  const { clock, told, fail } = bench();
  for (let dial = 0; dial < 5; dial++) {
    fail();
    await clock.advance(10_000);
  }
  assert.equal(told.length, 1);
  await clock.advance(10_000);
  assert.deepEqual(
    told.map(({ attempt, count }) => [attempt, count]),
    [
      ["a1", 1],
      ["a5", 4],
    ],
  );
});

test("where it goes on it is told once a minute; after a quiet minute at once again", async () => {
  const { clock, told, fail } = bench();
  for (let second = 0; second < 180; second++) {
    fail();
    await clock.advance(1000);
  }
  assert.deepEqual(
    told.map(({ count }) => count),
    [1, 59, 60, 60],
  );
  await clock.advance(120_000);
  fail();
  assert.deepEqual(told.at(-1)?.count, 1);
});

test("another name, another address and another verdict are told for themselves", () => {
  const { told, fail } = bench();
  fail();
  fail({ user: "bob" });
  fail({ user: null });
  fail({ clientAddress: "198.51.100.8" });
  fail({ verdict: "no-address" });
  assert.equal(told.length, 5);
});

test("a flood from everywhere is told in part, six a minute, and the rest is counted", async () => {
  const { clock, told, fail } = bench();
  const dials = 20_000;
  for (let dial = 0; dial < dials; dial++) fail({ clientAddress: `10.0.${dial >> 8}.${dial & 255}` });
  assert.equal(told.length, 60);
  // All of these have been told or counted; they open the next window of their own.
  await clock.advance(600_000);
  fail({ clientAddress: "192.0.2.1" });
  assert.equal(told.length, 61);
  const counted = told.reduce((sum, { count, leftOut }) => sum + count + leftOut, 0);
  assert.equal(counted, dials + 1);
});
