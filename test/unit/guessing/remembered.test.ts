import assert from "node:assert/strict";
import { test } from "node:test";
import { Remembered } from "../../../server/guessing/remembered.ts";

test("beyond the bound the entry that was changed least lately goes", () => {
  const map = new Remembered<number>(2);
  map.set("a", 1, false);
  map.set("b", 2, false);
  map.set("a", 3, false);
  map.set("c", 4, false);
  assert.deepEqual([map.get("a"), map.get("b"), map.get("c"), map.size], [3, undefined, 4, 2]);
});

test("light entries never push out heavy ones, however many come", () => {
  const map = new Remembered<number>(2);
  map.set("heavy", 1, true);
  for (let i = 0; i < 1000; i++) map.set(`light ${i}`, i, false);
  assert.equal(map.get("heavy"), 1);
  assert.equal(map.size, 3);
});

test("an entry is one or the other, and is found, listed and deleted as either", () => {
  const map = new Remembered<number>(2);
  map.set("a", 1, false);
  map.set("a", 2, true);
  assert.deepEqual([...map.entries()], [["a", 2]]);
  map.set("a", 3, false);
  assert.deepEqual([...map.entries()], [["a", 3]]);
  assert.deepEqual([map.delete("a"), map.delete("a"), map.size], [true, false, 0]);
});
