import assert from "node:assert/strict";
import { test } from "node:test";
import { belongs, MAX_COUNT, nextCount, runMark, userVersion } from "../../../server/store/files/run-mark.ts";

test("a mark is what SQLite keeps as user_version, a positive number of 32 bits, and comes back", () => {
  for (const count of [1, 2, MAX_COUNT])
    for (const open of [true, false]) {
      const value = userVersion({ count, open });
      assert.ok(value > 1 && value < 2 ** 31);
      assert.deepEqual(runMark(value), { count, open });
    }
});

test("a database of before there were marks has none", () => {
  assert.equal(runMark(0), undefined);
});

test("a log belongs to the file that has its mark or the one before, also where counting begins again", () => {
  const mark = (count: number) => ({ count, open: true });
  assert.equal(nextCount(MAX_COUNT), 1);
  for (const count of [1, 5, MAX_COUNT]) {
    assert.ok(belongs(mark(count), mark(count)));
    assert.ok(belongs(mark(count), mark(nextCount(count))));
    assert.ok(!belongs(mark(count), mark(nextCount(nextCount(count)))));
    assert.ok(!belongs(mark(nextCount(count)), mark(count)));
  }
});
