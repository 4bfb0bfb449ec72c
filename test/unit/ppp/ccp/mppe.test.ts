import assert from "node:assert/strict";
import { test } from "node:test";
import { ccp } from "../../../../server/ppp/ccp/ccp.ts";
import { mppe } from "../../../../server/ppp/ccp/mppe.ts";
import { fromHex } from "../../../support/bytes.ts";

test("128-bit stateless MPPE is asked for and acknowledged", () => {
  assert.deepEqual(mppe.propose(undefined), fromHex("01000040"));
  assert.deepEqual(mppe.judge(fromHex("01000040"), undefined, undefined), { say: "ack" });
});

for (const asked of [
  "00000000",
  "00000040",
  "01000000",
  "01000060",
  "010000e1",
  "01000041",
  "81000040",
  "01",
  "",
])
  test(`${asked || "an empty option"} gets a Nak with it, never a Reject`, () => {
    assert.deepEqual(mppe.judge(fromHex(asked), undefined, undefined), {
      say: "nak",
      value: fromHex("01000040"),
      alone: false,
    });
  });

test("a request without MPPE is asked for it", () => {
  assert.deepEqual(mppe.demand(undefined), fromHex("01000040"));
});

test("a Nak does not move us", () => {
  assert.deepEqual(mppe.onNak(fromHex("01000060"), fromHex("01000040"), undefined), fromHex("01000040"));
});

test("every other compressor is rejected", () => {
  for (const option of ccp.options)
    if (option !== mppe)
      assert.deepEqual(option.judge(fromHex("00"), undefined, undefined), { say: "reject" });
});
