import assert from "node:assert/strict";
import { test } from "node:test";
import { CallIds } from "../../../server/concentrator/call-ids.ts";

test("an ID is what chance says", () => {
  const ids = new CallIds(() => 0x1234);
  assert.equal(ids.take(), 0x1234);
});

test("an ID in use is never given again until it is released", () => {
  const ids = new CallIds(() => 7);
  assert.deepEqual([ids.take(), ids.take()], [7, 8]);
  ids.release(7);
  assert.equal(ids.take(), 7);
});

test("0 is never given", () => {
  assert.equal(new CallIds(() => 0).take(), 1);
});

test("after 65535 comes 1", () => {
  const ids = new CallIds(() => 0xffff);
  assert.deepEqual([ids.take(), ids.take()], [0xffff, 1]);
});

test("65,535 IDs are given and then no more", () => {
  let next = 40_000;
  const ids = new CallIds(() => next++);
  const given = new Set<number | undefined>();
  for (let i = 0; i < 0xffff; i++) given.add(ids.take());
  assert.equal(given.size, 0xffff);
  assert.ok(!given.has(undefined));
  assert.equal(ids.take(), undefined);
});
