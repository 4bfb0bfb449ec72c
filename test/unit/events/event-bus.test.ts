import assert from "node:assert/strict";
import { test } from "node:test";
import { EventBus } from "../../../server/events/event-bus.ts";
import type { PacdEvent } from "../../../server/events/register.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const FULL = {
  type: "pool-nearly-empty",
  data: { pool: "guests", free: 1, total: 50, threshold: 5 },
} as const;

test("events are numbered from 1 on, and have the time of the wall clock", async () => {
  const clock = new VirtualClock();
  const bus = new EventBus(clock, 0);
  const told: PacdEvent[] = [];
  bus.watch((event) => void told.push(event));
  bus.publish(FULL);
  await clock.advance(1500);
  bus.publish(FULL);
  assert.deepEqual(told, [
    { id: 1, at: "2030-01-01T00:00:00.000Z", ...FULL },
    { id: 2, at: "2030-01-01T00:00:01.500Z", ...FULL },
  ]);
  assert.equal(bus.lastId, 2);
});

test("a restart goes on with the next million, so that no number is given twice", () => {
  for (const [last, next] of [
    [1, 1_000_001],
    [999_999, 1_000_001],
    [1_000_000, 2_000_001],
    [3_000_017, 4_000_001],
  ] as const) {
    const bus = new EventBus(new VirtualClock(), last);
    bus.publish(FULL);
    assert.equal(bus.lastId, next, String(last));
  }
});

test("whoever no longer watches is told no more", () => {
  const bus = new EventBus(new VirtualClock(), 0);
  const told: string[] = [];
  const stop = bus.watch(() => void told.push("first"));
  bus.watch(() => void told.push("second"));
  bus.publish(FULL);
  stop();
  bus.publish(FULL);
  assert.deepEqual(told, ["first", "second", "second"]);
});
