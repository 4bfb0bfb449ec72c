import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeOptions, encodeOptions, optionData, sameOptions } from "../../../server/ppp/option-list.ts";
import { bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";
import { fc } from "../../support/fc.ts";

const list = bytes`
  01 04 0578      Maximum-Receive-Unit 1400
  05 06 0c6f3548  Magic-Number
  07 02           Protocol-Field-Compression
`;
const options = [
  { code: 1, data: fromHex("0578") },
  { code: 5, data: fromHex("0c6f3548") },
  { code: 7, data: new Uint8Array(0) },
];

test("an option list encodes and decodes", () => {
  assert.deepEqual(encodeOptions(options), list);
  assert.deepEqual(decodeOptions(list), { ok: true, value: options });
});

test("no options are an empty list", () => {
  assert.deepEqual(decodeOptions(new Uint8Array(0)), { ok: true, value: [] });
});

const BOUNDARIES = [0, 4, 10];
for (const prefix of strictPrefixes(list))
  test(`a list truncated at octet ${prefix.length} is ${BOUNDARIES.includes(prefix.length) ? "shorter" : "refused"}`, () => {
    const result = decodeOptions(prefix);
    assert.equal(result.ok, BOUNDARIES.includes(prefix.length));
    if (!result.ok) assert.deepEqual(result, { ok: false, code: "truncated", at: prefix.length });
  });

for (const length of [0, 1])
  test(`an option of Length ${length} is refused`, () => {
    assert.deepEqual(decodeOptions(Uint8Array.of(1, 4, 5, 0x78, 5, length)), {
      ok: false,
      code: "bad-length",
      at: 5,
    });
  });

test("an option past the end is refused", () => {
  assert.deepEqual(decodeOptions(fromHex("01 05 0578")), { ok: false, code: "truncated", at: 4 });
});

test("whatever decodes encodes to the same octets", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
      const result = decodeOptions(data);
      if (result.ok) assert.deepEqual(encodeOptions(result.value), data);
    }),
  );
});

test("options are the same in the same order with the same octets only", () => {
  assert.equal(sameOptions(options, [...options]), true);
  assert.equal(sameOptions(options, options.slice(1)), false);
  assert.equal(sameOptions(options, options.toReversed()), false);
  assert.equal(sameOptions(options, [{ code: 1, data: fromHex("0579") }, ...options.slice(1)]), false);
});

test("the first option of a code is found", () => {
  assert.deepEqual(optionData(options, 5), fromHex("0c6f3548"));
  assert.equal(optionData(options, 3), undefined);
});
