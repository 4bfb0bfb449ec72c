import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { wantedWorkers, workerNotes } from "../../server/packet-workers.ts";

const config = (workers: number) => parseConfig(`data_plane.workers = ${workers}`, "x");

for (const [cores, workers] of [
  [1, 1],
  [2, 2],
  [8, 8],
  [64, 8],
] as const)
  test(`a host of ${cores} cores gets ${workers} packet workers where nothing is said`, () => {
    assert.equal(wantedWorkers(config(0), cores), workers);
  });

test("what the operator says holds, whatever the cores are", () => {
  assert.equal(wantedWorkers(config(1), 64), 1);
  assert.equal(wantedWorkers(config(32), 2), 32);
});

test("fewer workers than wanted are a sentence, as many are none", () => {
  assert.deepEqual(workerNotes(4, 4), []);
  const [sentence, ...more] = workerNotes(4, 1);
  assert.deepEqual(more, []);
  assert.match(sentence!, /^One thread carries all packets instead of 4: /);
});
