import assert from "node:assert/strict";
import { test } from "node:test";
import { bare, printable } from "../../../server/wire/printable.ts";
import { ascii, fromHex } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

test("ASCII stands as it is", () => {
  assert.equal(printable(ascii("MSRASV5.20 ~!")), "MSRASV5.20 ~!");
});

test("control characters, DEL and everything beyond ASCII become \\xNN", () => {
  assert.equal(printable(fromHex("00 0a 1b 7f c3 a9 41")), "\\x00\\x0a\\x1b\\x7f\\xc3\\xa9A");
});

test("a backslash is as it was typed, one of them", () => {
  for (const name of ["CORP\\anna", "CORP\\xavier", "\\\\FILES\\home", "a\\xa", "a\\u{41}"])
    assert.equal(printable(ascii(name)), name);
});

for (const [octets, text] of [
  ['OFFICE\\a"b', 'OFFICE\\a\\"b'],
  ["CORP\\xabel", "CORP\\x5cxabel"],
  ["CORP\\xABel", "CORP\\x5cxABel"],
  ["CORP\\\\x41", "CORP\\\\x5cx41"],
  ["CORP\\", "CORP\\x5c"],
  ['CORP\\"', 'CORP\\x5c\\"'],
  ["CORP\\\u0000", "CORP\\\\x00"],
] as const)
  test(`${JSON.stringify(octets)} cannot be taken for other octets, and ends no quotes`, () => {
    assert.equal(printable(ascii(octets)), text);
  });

/** The octets that a text stands for, as the comment at `printable` says. */
const meant = (text: string): number[] =>
  [...text.matchAll(/\\x([0-9a-f]{2})|\\(")|./gs)].map(([all, digits, quote]) =>
    digits === undefined ? (quote ?? all).charCodeAt(0) : Number.parseInt(digits, 16),
  );

test("no two rows of octets look the same, and each ends where its quotes do", () => {
  const octet = fc.oneof(fc.constantFrom(...ascii('\\\\\\x"4cA5')), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(octet, { maxLength: 12 }), (octets) => {
      const text = printable(Uint8Array.from(octets));
      assert.match(text, /^[ -~]*$/);
      assert.deepEqual(meant(text), octets);
      assert.doesNotMatch(text, /(?:^|[^\\])"|\\$/);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test("without quotes around it, a quote is itself", () => {
  assert.equal(bare(ascii('User "CORP\\anna" is unknown\n')), 'User "CORP\\anna" is unknown\\x0a');
  assert.equal(bare(ascii('\\"\\x41\\')), '\\"\\x5cx41\\');
});

test("what is longer than the limit is cut and says so", () => {
  assert.equal(printable(ascii("x".repeat(64))), "x".repeat(64));
  assert.equal(printable(ascii("x".repeat(65))), `${"x".repeat(64)}…`);
  assert.equal(printable(ascii("abc"), 2), "ab…");
});
