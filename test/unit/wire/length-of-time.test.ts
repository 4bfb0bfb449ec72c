import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOfTime } from "../../../server/wire/length-of-time.ts";
import { millis } from "../../../server/wire/units.ts";

for (const [ms, text] of [
  [0, "0.0 s"],
  [49, "0.0 s"],
  [450, "0.4 s"],
  [12_345, "12.3 s"],
  [59_999, "59.9 s"],
  [60_000, "1 min"],
  [90_000, "1 min 30 s"],
  [7_200_000, "2 h"],
  [7_503_000, "2 h 5 min"],
  [86_400_000 * 3 + 60_000, "3 d"],
  [86_400_000 * 3 + 4 * 3_600_000, "3 d 4 h"],
] as const)
  test(`${ms} ms is ${text}`, () => assert.equal(lengthOfTime(millis(ms)), text));
