import assert from "node:assert/strict";
import { test } from "node:test";
import { PROGRESS_EVERY } from "../../../../server/concentrator/records/limits.ts";
import { ProgressWriter } from "../../../../server/concentrator/records/progress-writer.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

test("the counters of those that are up then go on record again and again, until it is stopped", async () => {
  const clock = new VirtualClock();
  const written: string[][] = [];
  let up = ["s1"];
  const writer = new ProgressWriter({
    clock,
    records: { progress: (counters) => void written.push(counters.map(({ id }) => id)) },
    sessions: () => up.map((id) => ({ id, rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 })),
  });
  await clock.advance(PROGRESS_EVERY - 1);
  assert.deepEqual(written, []);
  await clock.advance(1);
  up = ["s1", "s2"];
  await clock.advance(PROGRESS_EVERY);
  assert.deepEqual(written, [["s1"], ["s1", "s2"]]);
  writer.stop();
  assert.equal(clock.pending(), 0);
});
