import assert from "node:assert/strict";
import { test } from "node:test";
import { ratios, spread } from "../../bench/figures/statistics.ts";

test("the median of an odd number of values is the middle one, whatever their order", () => {
  assert.deepEqual(spread([10, 2, 9]), { median: 9, min: 2, max: 10 });
});

test("the median of an even number of values lies between the two in the middle", () => {
  assert.deepEqual(spread([4, 1, 100, 2]), { median: 3, min: 1, max: 100 });
});

test("values are compared as numbers, and left as they were", () => {
  const values = [100, 20, 3];
  assert.equal(spread(values).median, 20);
  assert.deepEqual(values, [100, 20, 3]);
});

test("without values there is no median", () => {
  assert.throws(() => spread([]), RangeError);
});

test("ratios are taken round by round", () => {
  assert.deepEqual(ratios([4, 9], [2, 3]), [2, 3]);
  assert.throws(() => ratios([1], [1, 2]), RangeError);
});
