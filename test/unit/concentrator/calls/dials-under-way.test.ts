import assert from "node:assert/strict";
import { test } from "node:test";
import { DialsUnderWay } from "../../../../server/concentrator/calls/dials-under-way.ts";
import { MAX_PENDING_CALLS, MAX_PENDING_PER_ADDRESS } from "../../../../server/concentrator/calls/limits.ts";
import { ipv4 } from "../../../../server/wire/ipv4.ts";

test("one address gets so many places and no more, and another one still gets in", () => {
  const dials = new DialsUnderWay();
  const leave = Array.from({ length: MAX_PENDING_PER_ADDRESS }, () => dials.begin(ipv4(1)));
  assert.ok(leave.every((place) => place !== undefined));
  assert.equal(dials.begin(ipv4(1)), undefined);
  assert.notEqual(dials.begin(ipv4(2)), undefined);
});

test("a place given back twice is one place", () => {
  const dials = new DialsUnderWay();
  const leave = Array.from({ length: MAX_PENDING_PER_ADDRESS }, () => dials.begin(ipv4(1)));
  leave[0]?.();
  leave[0]?.();
  assert.notEqual(dials.begin(ipv4(1)), undefined);
  assert.equal(dials.begin(ipv4(1)), undefined);
});

test("all addresses together get so many places and no more", () => {
  const dials = new DialsUnderWay();
  for (let i = 0; i < MAX_PENDING_CALLS; i++) assert.notEqual(dials.begin(ipv4(i)), undefined);
  assert.equal(dials.begin(ipv4(999_999)), undefined);
});
