import assert from "node:assert/strict";
import { test } from "node:test";
import { loginName, safeText } from "../../../server/names/login-name.ts";
import { ascii, fromHex } from "../../support/bytes.ts";

test("a domain prefix is taken off, a realm is not", () => {
  assert.equal(loginName(ascii("OFFICE\\alice")), "alice");
  assert.equal(loginName(ascii("A\\B\\alice")), "alice");
  assert.equal(loginName(ascii("alice@office.example")), "alice@office.example");
  assert.equal(loginName(ascii("OFFICE\\")), "");
});

test("octets that are UTF-8 are read as such, others as Windows-1252", () => {
  assert.equal(loginName(fromHex("6a c3 bc 72 67 65 6e")), "jürgen");
  assert.equal(loginName(fromHex("6a fc 72 67 65 6e")), "jürgen");
  assert.equal(loginName(fromHex("9a 8e 81")), "šŽ\u0081");
});

test("control and format characters are escaped in a record", () => {
  assert.equal(safeText("a\u0000b\u001b[2Jc\u202Ed"), "a\\u{0}b\\u{1b}[2Jc\\u{202e}d");
});

test("a record keeps 256 characters of a name", () => {
  assert.equal(safeText("x".repeat(1000)).length, 256);
});
