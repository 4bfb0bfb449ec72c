import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../../server/wire/printable.ts";
import { ascii, fromHex } from "../../support/bytes.ts";

test("ASCII stands as it is", () => {
  assert.equal(printable(ascii("MSRASV5.20 ~!")), "MSRASV5.20 ~!");
});

test("control characters, DEL and everything beyond ASCII become \\xNN", () => {
  assert.equal(printable(fromHex("00 0a 1b 7f c3 a9 41")), "\\x00\\x0a\\x1b\\x7f\\xc3\\xa9A");
});

test("quotes and backslashes cannot end what they stand in", () => {
  assert.equal(printable(ascii('OFFICE\\a"b')), 'OFFICE\\\\a\\"b');
});

test("what is longer than the limit is cut and says so", () => {
  assert.equal(printable(ascii("x".repeat(64))), "x".repeat(64));
  assert.equal(printable(ascii("x".repeat(65))), `${"x".repeat(64)}…`);
  assert.equal(printable(ascii("abc"), 2), "ab…");
});
