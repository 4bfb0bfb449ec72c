import assert from "node:assert/strict";
import { test } from "node:test";
import { Series } from "../../bench/figures/series.ts";

test("values are kept by name, in the order of the rounds", () => {
  const series = new Series();
  series.put("a", 3);
  series.put("b", 1);
  series.put("a", 2);
  assert.deepEqual(series.of("a"), [3, 2]);
  assert.deepEqual(series.figure("b", "ns"), { what: "b", unit: "ns", values: [1] });
});

test("a name that was never used is a mistake", () => {
  assert.throws(() => new Series().of("a"), RangeError);
});
