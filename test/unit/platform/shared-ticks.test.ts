import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedTicks } from "../../../server/platform/shared-ticks.ts";
import { millis } from "../../../server/wire/units.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function ticking() {
  const clock = new VirtualClock();
  const ticks = new SharedTicks(clock, millis(250));
  const ran: string[] = [];
  const set = (name: string, delay: number) =>
    ticks.after(millis(delay), () => ran.push(`${name} at ${clock.now()}`));
  return { clock, ticks, ran, set };
}

test("what falls due between two ticks runs at the second, in the order set, by one timer", async () => {
  const { clock, ran, set } = ticking();
  await clock.advance(100);
  set("a", 399);
  set("b", 160);
  set("c", 401);
  set("d", 400);
  assert.equal(clock.pending(), 2);
  await clock.advance(1000);
  assert.deepEqual(ran, ["a at 500", "b at 500", "d at 500", "c at 750"]);
  assert.equal(clock.pending(), 0);
});

test("nothing runs early, and nothing later than one tick", async () => {
  for (const delay of [0, 1, 249, 250, 251, 20_000])
    for (const start of [0, 1, 249, 250]) {
      const { clock, ticks } = ticking();
      await clock.advance(start);
      let at = Number.NaN;
      ticks.after(millis(delay), () => {
        at = clock.now();
      });
      await clock.advance(delay + 250);
      assert.ok(at >= start + delay && at < start + delay + 250, `${delay} from ${start} on: ${at}`);
    }
});

test("what is cancelled does not run, and the last of a tick leaves no timer", async () => {
  const { clock, ran, set } = ticking();
  const cancels = [set("a", 10), set("b", 20)];
  cancels[0]!();
  cancels[0]!();
  assert.equal(clock.pending(), 1);
  cancels[1]!();
  assert.equal(clock.pending(), 0);
  set("c", 30);
  cancels[1]!();
  await clock.advance(250);
  assert.deepEqual(ran, ["c at 250"]);
});

test("a task may cancel another of its tick, and set new ones", async () => {
  const { clock, ticks, ran, set } = ticking();
  ticks.after(millis(10), () => {
    later();
    set("new", 0);
    set("next", 1);
  });
  const later = set("later", 10);
  await clock.advance(500);
  assert.deepEqual(ran, ["new at 250", "next at 500"]);
  assert.equal(clock.pending(), 0);
});
