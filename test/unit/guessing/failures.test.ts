import assert from "node:assert/strict";
import { test } from "node:test";
import { beyond, counted, delayOf, type Failures, failed } from "../../../server/guessing/failures.ts";
import { type Rule, USER } from "../../../server/guessing/limits.ts";
import { millis, seconds } from "../../../server/wire/units.ts";

const RULE: Rule = {
  free: 2,
  first: seconds(5),
  doubledBy: 1,
  longest: seconds(30),
  forgiven: seconds(100),
  most: 8,
};

/** So many failures, one right after the other. */
function after(count: number, rule = RULE): Failures {
  let failures: Failures | undefined;
  for (let i = 0; i < count; i++) failures = failed(failures, rule, millis(0));
  return failures!;
}

test("the free ones cost nothing; the next ones cost twice as much each, up to the longest delay", () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 20].map((count) => after(count).until);
  assert.deepEqual(delays, [0, 0, 5000, 10_000, 20_000, 30_000, 30_000, 30_000]);
});

test("where it doubles by five, five in a row cost the same", () => {
  const delays = [20, 21, 25, 26, 31, 36, 41, 1000].map((count) => after(count, USER).until);
  assert.deepEqual(delays, [0, 10_000, 10_000, 20_000, 40_000, 80_000, 120_000, 120_000]);
});

test("each is forgiven after its time, whether a log-in comes or not", () => {
  const three = after(3);
  assert.deepEqual(
    [0, 50, 99, 100, 300, 1000].map((at) => beyond(three, RULE, seconds(at))),
    [true, true, true, false, false, false],
  );
  assert.equal(counted(three, RULE, seconds(300)), 0);
  assert.equal(counted(undefined, RULE, seconds(0)), 0);
});

test("after a thousand, all are forgiven in the time that the most of them take", () => {
  const many = after(1000);
  assert.equal(many.count, RULE.most);
  assert.equal(many.total, 1000);
  assert.equal(counted(many, RULE, seconds(800)), 0);
});

test("failures that are forgiven all are not told any more: what comes next begins anew", () => {
  const next = failed(after(3), RULE, seconds(500));
  assert.deepEqual(next, { count: 1, since: 500_000, last: 500_000, total: 1, until: 500_000 });
});

test("where none are free, the first one costs the first delay", () => {
  const { count, until } = failed(undefined, RULE, seconds(7), { free: false });
  assert.deepEqual([count, until], [3, 12_000]);
});

test("in between, what is half forgiven counts as whole for the delay", () => {
  assert.equal(delayOf(2.5, RULE), 5000);
  assert.equal(delayOf(2, RULE), 0);
});
