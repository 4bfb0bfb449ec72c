import assert from "node:assert/strict";
import { test } from "node:test";
import { Trace } from "../../../../server/concentrator/records/trace.ts";

test("a line carries the time since the dial began, in tenths of a millisecond", () => {
  const trace = new Trace(1000);
  trace.add(1012.345, "client", "lcp", "Configure-Request id=1");
  assert.deepEqual(trace.entries(), [
    { at: 12.3, from: "client", layer: "lcp", text: "Configure-Request id=1" },
  ]);
});

test("a long line is cut", () => {
  const trace = new Trace(0);
  trace.add(0, "client", "lcp", "x".repeat(5000));
  assert.equal(trace.entries()[0]?.text.length, 240);
});

test("of a million lines the first 96 and the last 32 stay, and the gap says how many are missing", () => {
  const trace = new Trace(0);
  for (let i = 0; i < 1_000_000; i++) trace.add(i, "client", "lcp", `line ${i}`);
  const entries = trace.entries();
  assert.equal(entries.length, 96 + 1 + 32);
  assert.equal(entries[95]?.text, "line 95");
  assert.equal(entries[96]?.text, `${1_000_000 - 128} lines are left out here`);
  assert.equal(entries[97]?.text, `line ${1_000_000 - 32}`);
  assert.equal(entries.at(-1)?.text, "line 999999");
});

test("128 lines stay whole", () => {
  const trace = new Trace(0);
  for (let i = 0; i < 128; i++) trace.add(i, "client", "lcp", `line ${i}`);
  assert.equal(trace.entries().length, 128);
  assert.ok(trace.entries().every((entry, i) => entry.text === `line ${i}`));
});
