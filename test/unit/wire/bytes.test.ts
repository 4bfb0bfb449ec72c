import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, equalOctets, hex } from "../../../server/wire/bytes.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";

test("hex() writes two lower-case digits an octet", () => {
  assert.equal(hex(bytes`00 0f a0 ff`), "000fa0ff");
  assert.equal(hex(bytes``), "");
});

test("equalOctets() compares length and every octet", () => {
  assert.equal(equalOctets(bytes`0102`, bytes`0102`), true);
  assert.equal(equalOctets(bytes`0102`, bytes`0103`), false);
  assert.equal(equalOctets(bytes`0102`, bytes`01`), false);
  assert.equal(equalOctets(bytes``, bytes``), true);
});

test("concat() joins parts in new memory", () => {
  const part = bytes`01`;
  const whole = concat(part, bytes``, bytes`0203`);
  part.fill(9);
  assert.deepEqual(whole, bytes`010203`);
  assert.deepEqual(concat(), bytes``);
});

test("annotated octets: comments after two spaces, whole-line comments, interpolation", () => {
  const inner = bytes`beef`;
  const annotated = bytes`
    # A frame
    0102 03   feed: this is a comment
    ${inner}      what was written above
  `;
  assert.deepEqual(annotated, Uint8Array.of(1, 2, 3, 0xbe, 0xef));
});

test("annotated octets refuse what is not hexadecimal, and half an octet", () => {
  assert.throws(() => bytes`01 comment`);
  assert.throws(() => bytes`012`);
  assert.throws(() => fromHex("xy"));
  assert.throws(() => fromHex("012"));
});

test("fromHex() and ascii() give plain octets", () => {
  assert.deepEqual(fromHex("01 0203"), Uint8Array.of(1, 2, 3));
  assert.deepEqual(ascii("AB"), Uint8Array.of(0x41, 0x42));
});

test("strictPrefixes() gives every shorter beginning, each in its own memory", () => {
  const whole = bytes`010203`;
  const prefixes = strictPrefixes(whole);
  whole.fill(9);
  assert.deepEqual(prefixes, [bytes``, bytes`01`, bytes`0102`]);
});
