import assert from "node:assert/strict";
import { test } from "node:test";
import { Arrivals, REMEMBERED } from "../../../server/gre/arrivals.ts";

test("a number that was given up is lost until it comes, and late then", () => {
  const arrivals = new Arrivals();
  arrivals.gaveUp(5, 8);
  assert.equal(arrivals.lost, 3);
  arrivals.behind(6);
  assert.deepEqual([arrivals.lost, arrivals.late, arrivals.duplicates], [2, 1, 0]);
  arrivals.behind(6);
  assert.deepEqual([arrivals.lost, arrivals.late, arrivals.duplicates], [2, 1, 1]);
});

test("a number behind that was not given up came before", () => {
  const arrivals = new Arrivals();
  arrivals.behind(6);
  assert.deepEqual([arrivals.lost, arrivals.late, arrivals.duplicates], [0, 0, 1]);
});

test("gaps count across 2^31 and 2^32, and the last numbers of a large one are remembered", () => {
  for (const end of [2 ** 31 - 1, 2 ** 31 + 3, 2 ** 32 - 1, 3]) {
    const arrivals = new Arrivals();
    arrivals.gaveUp((end - 1000) | 0, end | 0);
    assert.equal(arrivals.lost, 1000);
    arrivals.behind((end - REMEMBERED) | 0);
    assert.equal(arrivals.late, 1);
    arrivals.behind((end - REMEMBERED - 1) | 0);
    assert.deepEqual([arrivals.late, arrivals.duplicates], [1, 1]);
  }
});

test("of held packets those are out of order that came after a higher one", () => {
  const arrivals = new Arrivals();
  arrivals.held(7, true);
  arrivals.held(9, false);
  arrivals.held(8, false);
  assert.equal(arrivals.reordered, 1);
  arrivals.held(3, true);
  assert.equal(arrivals.reordered, 1);
});

test("what a forged packet made look lost is lost no more", () => {
  const arrivals = new Arrivals();
  arrivals.gaveUp(2, 4);
  arrivals.gaveUp(10, 40);
  arrivals.takeBack(10, 30);
  assert.equal(arrivals.lost, 2);
  arrivals.behind(12);
  assert.deepEqual([arrivals.lost, arrivals.late, arrivals.duplicates], [2, 0, 1]);
  arrivals.behind(3);
  assert.deepEqual([arrivals.lost, arrivals.late], [1, 1]);
});
