import assert from "node:assert/strict";
import { test } from "node:test";
import { PriorityWatch } from "../../../../server/data-plane/workers/priority-watch.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

function watched() {
  const clock = new VirtualClock();
  const used = { ms: 7 };
  const urged: string[] = [];
  const watch = new PriorityWatch({
    clock,
    cpuTime: () => used.ms,
    setPriority: (busy) => urged.push(busy ? "busy" : "first"),
  });
  /** A second in which the thread runs for so many milliseconds. */
  const second = async (ms: number) => {
    used.ms += ms;
    await clock.advance(1000);
    return urged.splice(0);
  };
  return { clock, watch, urged, second };
}

test("a loop comes first from the start, and as long as it runs for less than half of the time", async () => {
  const { urged, second } = watched();
  assert.deepEqual(urged.splice(0), ["first"]);
  assert.deepEqual([...(await second(0)), ...(await second(499))], []);
});

test("a busy loop steps back within a second, and comes first again when it is done", async () => {
  const { urged, second } = watched();
  urged.length = 0;
  assert.deepEqual(await second(500), ["busy"]);
  assert.deepEqual(await second(1000), []);
  assert.deepEqual(await second(499), ["first"]);
  assert.deepEqual(await second(3), []);
});

test("a look that comes late is measured by the time that has passed", async () => {
  const clock = new VirtualClock();
  const late = { by: 0 };
  const used = { ms: 0 };
  const urged: boolean[] = [];
  new PriorityWatch({
    clock: {
      now: () => (clock.now() + late.by) as ReturnType<typeof clock.now>,
      date: () => clock.date(),
      after: (d, t) => clock.after(d, t),
    },
    cpuTime: () => used.ms,
    setPriority: (busy) => urged.push(busy),
  });
  late.by = 3000;
  used.ms = 1999;
  await clock.advance(1000);
  assert.deepEqual(urged, [false]);
});

test("a watch that is closed leaves no timer behind", () => {
  const { clock, watch } = watched();
  watch.close();
  assert.equal(clock.pending(), 0);
});
