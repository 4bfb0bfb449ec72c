import assert from "node:assert/strict";
import { test } from "node:test";
import { ReceiveWindow } from "../../../server/gre/receive-window.ts";

const accept = (...sequences: readonly number[]): string[] => {
  const window = new ReceiveWindow();
  return sequences.map((sequence) => window.accept(sequence));
};

for (const first of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff])
  test(`the first number may be ${first}`, () => {
    assert.deepEqual(accept(first, first + 1), ["accepted", "accepted"]);
  });

test("a number seen last is a duplicate", () => assert.deepEqual(accept(5, 5), ["accepted", "duplicate"]));

test("the first number sent twice is a duplicate, 0 as well", () =>
  assert.deepEqual(accept(0, 0), ["accepted", "duplicate"]));

test("RFC 2637 §4.3: packet 3 after packet 4 is late, packet 5 goes on", () => {
  assert.deepEqual(accept(0, 1, 2, 4, 3, 5), [
    "accepted",
    "accepted",
    "accepted",
    "accepted",
    "late",
    "accepted",
  ]);
});

test("a gap is a loss and nothing more", () => assert.deepEqual(accept(1, 3000), ["accepted", "accepted"]));

test("a tunnel goes on across 2^32", () => {
  assert.deepEqual(accept(0xfffffffe, 0xffffffff, 0, 1), ["accepted", "accepted", "accepted", "accepted"]);
});

test("a tunnel goes on across 2^31", () => {
  assert.deepEqual(accept(0x7fffffff, 0x80000000, 0x7fffffff), ["accepted", "accepted", "late"]);
});

test("a packet from before the wrap is late after it", () => {
  assert.deepEqual(accept(0xffffffff, 1, 0xffffffff, 0), ["accepted", "accepted", "late", "late"]);
});

test("nothing is owed before the first packet", () => assert.equal(new ReceiveWindow().ackOwed, false));

test("several packets are acknowledged by one number, the highest", () => {
  const window = new ReceiveWindow();
  for (const sequence of [7, 8, 10]) window.accept(sequence);
  assert.equal(window.ackOwed, true);
  assert.equal(window.takeAcknowledgement(), 10);
  assert.equal(window.ackOwed, false);
});

test("a dropped packet owes nothing and leaves the highest number", () => {
  const window = new ReceiveWindow();
  window.accept(10);
  window.takeAcknowledgement();
  window.accept(9);
  window.accept(10);
  assert.equal(window.ackOwed, false);
  assert.equal(window.highest, 10);
});
