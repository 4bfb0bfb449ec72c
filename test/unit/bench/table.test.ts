import assert from "node:assert/strict";
import { test } from "node:test";
import { reached } from "../../bench/figures/result.ts";
import { shown, tableOf } from "../../bench/figures/table.ts";

test("a number is shown with the digits that matter", () => {
  assert.deepEqual([12345.6, 123.4, 12.34, 1.234, 0.1234, 0].map(shown), [
    "12,346",
    "123",
    "12.3",
    "1.23",
    "0.12",
    "0.00",
  ]);
});

test("a target is reached by the median, at least or at most", () => {
  const goal = (values: readonly number[], target: { atLeast: number } | { atMost: number }) =>
    reached({ what: "", unit: "", values, target });
  assert.equal(goal([1, 2, 9], { atLeast: 2 }), true);
  assert.equal(goal([1, 1.9, 9], { atLeast: 2 }), false);
  assert.equal(goal([1, 2, 9], { atMost: 2 }), true);
  assert.equal(goal([1, 2.1, 9], { atMost: 2 }), false);
});

test("a table: median, unit, spread where there is one, target, notes", () => {
  const table = tableOf({
    number: 1,
    title: "Title",
    figures: [
      { what: "veth", unit: "Mbit/s", values: [20000] },
      { what: "pacd, up", unit: "Mbit/s", values: [900, 1000, 1200] },
    ],
    goals: [{ what: "ratio", unit: "×", values: [0.5], target: { atLeast: 2 } }],
    notes: ["A note."],
  });
  assert.equal(
    table,
    `1. Title

   veth      20,000  Mbit/s
   pacd, up   1,000  Mbit/s  900 … 1,200
   ratio       0.50  ×                    at least 2.00: NOT REACHED
   A note.
`,
  );
});
