import assert from "node:assert/strict";
import { test } from "node:test";
import { millis } from "../../../server/wire/units.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

test("timers run in the order they are due, then in the order they were set", async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(millis(20), () => ran.push("late"));
  clock.after(millis(10), () => ran.push("first"));
  clock.after(millis(10), () => ran.push("second"));
  await clock.advance(20);
  assert.deepEqual(ran, ["first", "second", "late"]);
});

test("a timer sees the moment it was due, and date() follows", async () => {
  const clock = new VirtualClock(1000);
  let seen = 0;
  clock.after(millis(7), () => {
    seen = clock.now();
  });
  await clock.advance(50);
  assert.equal(seen, 7);
  assert.equal(clock.now(), 50);
  assert.equal(clock.date().getTime(), 1050);
});

test("a timer set by a timer runs in the same advance when it is due by then", async () => {
  const clock = new VirtualClock();
  const ran: number[] = [];
  clock.after(millis(5), () => {
    ran.push(clock.now());
    clock.after(millis(5), () => ran.push(clock.now()));
    clock.after(millis(6), () => ran.push(clock.now()));
  });
  await clock.advance(10);
  assert.deepEqual(ran, [5, 10]);
  assert.equal(clock.pending(), 1);
});

test("promises settle between two timers", async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(millis(1), () => {
    Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => ran.push("promise"));
  });
  clock.after(millis(1), () => ran.push("timer"));
  await clock.advance(1);
  assert.deepEqual(ran, ["promise", "timer"]);
});

test("a cancelled timer never runs, and cancelling twice is harmless", async () => {
  const clock = new VirtualClock();
  const cancel = clock.after(millis(1), () => assert.fail("ran"));
  cancel();
  cancel();
  assert.equal(clock.pending(), 0);
  await clock.advance(10);
});
