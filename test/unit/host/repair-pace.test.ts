import assert from "node:assert/strict";
import { test } from "node:test";
import { IN_A_ROW_WITHIN, LONGEST_WAIT } from "../../../server/host/limits.ts";
import { RepairPace } from "../../../server/host/repair-pace.ts";
import { millis } from "../../../server/wire/units.ts";

test("five attempts wait for nothing, each further one twice as long, a minute at most", () => {
  const pace = new RepairPace();
  let now = millis(0);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    waits.push(pace.wait(now));
    now = millis(now + pace.wait(now));
    pace.tried(now);
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 0, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  assert.equal(pace.pause, LONGEST_WAIT);
});

test("what has lasted is put back at once again", () => {
  const pace = new RepairPace();
  for (let attempt = 0; attempt < 9; attempt += 1) pace.tried(millis(attempt * 60_000));
  const last = 8 * 60_000;
  assert.ok(pace.wait(millis(last)) > 0);
  const later = millis(last + IN_A_ROW_WITHIN + 1);
  assert.equal(pace.wait(later), 0);
  pace.tried(later);
  assert.equal(pace.tries, 1);
});
