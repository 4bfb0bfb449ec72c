import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii as plain } from "../../../server/ppp/ascii.ts";
import { escapeText } from "../../../server/ppp/escape.ts";
import { ascii, fromHex } from "../../support/bytes.ts";

test("printable ASCII stands as it is", () => {
  assert.equal(escapeText(ascii("MSRASV5.20 ~!")), "MSRASV5.20 ~!");
});

test("control, non-ASCII and backslash octets are escaped", () => {
  assert.equal(escapeText(fromHex("00 0a 1b 5c 7f c3 a9 41")), "\\x00\\x0a\\x1b\\x5c\\x7f\\xc3\\xa9A");
});

test("text is cut after 64 octets", () => {
  assert.equal(escapeText(ascii("x".repeat(64))), "x".repeat(64));
  assert.equal(escapeText(ascii("x".repeat(65))), `${"x".repeat(64)}…`);
});

test("our own text that is not ASCII loses what is not", () => {
  assert.deepEqual(plain("Büro"), ascii("B?ro"));
});
