import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fc } from "../support/fc.ts";
import { JunkWorld } from "./api/junk-world.ts";
import { type Operation, operationsOf } from "./api/operations.ts";
import { junkFor, nowhere, oneWrongField } from "./api/requests.ts";
import { HEAP_SLACK, heapInUse } from "./heap.ts";

/** Requests of a short run; a long one has 10,000 at least, and one for each hundred inputs of the others. */
const SHORT = 1200;

const { FUZZ_INPUTS, FUZZ_SEED } = process.env;
const count = FUZZ_INPUTS === undefined ? SHORT : Math.max(10_000, Math.round(Number(FUZZ_INPUTS) / 100));
const seed = Number(FUZZ_SEED ?? 2637);

let world: JunkWorld;
let operations: readonly Operation[];
before(async () => {
  world = await JunkWorld.open();
  operations = operationsOf(await world.document());
});
after(() => world.close());

test(`${count} requests of junk: no 5xx, each refusal a problem with its code and field, nothing stored`, async (t) => {
  const junk = fc.oneof(...operations.map(junkFor), nowhere);
  const wrong = fc.oneof(...operations.flatMap((one) => oneWrongField(one) ?? []));
  const all = fc.oneof({ weight: 3, arbitrary: junk }, { weight: 1, arbitrary: wrong });
  const ask = (requests: number, from: number) =>
    fc.assert(
      fc.asyncProperty(all, (request) => world.ask(request)),
      { seed: from, numRuns: requests, endOnFailure: true },
    );
  const half = Math.ceil(count / 2);
  await ask(half, seed);
  const between = heapInUse();
  await ask(count - half, seed + 1);
  const heap = heapInUse();
  assert.ok(heap <= between + HEAP_SLACK, `the heap grew from ${between} to ${heap} octets`);
  const statuses = [...world.statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, times]) => `${status}: ${times}`);
  t.diagnostic(`seed ${seed}, answers by status: ${statuses.join(", ")}`);
  // Not all of it was thrown back by the same door.
  for (const status of [400, 401, 404, 405, 415]) assert.ok(world.statuses.has(status), `no ${status}`);
});
