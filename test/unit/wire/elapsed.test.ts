import assert from "node:assert/strict";
import { test } from "node:test";
import { elapsed } from "../../../server/wire/elapsed.ts";

for (const [ms, text] of [
  [0.04, "0.0 ms"],
  [9.94, "9.9 ms"],
  [10, "10 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [59_949, "59.9 s"],
  [59_960, "1 min 0 s"],
  [3_599_000, "59 min 59 s"],
  [7_260_000, "2 h 1 min"],
] as const)
  test(`${ms} ms is ${text}`, () => assert.equal(elapsed(ms), text));
