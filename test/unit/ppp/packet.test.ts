import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePacket, encodePacket } from "../../../server/ppp/packet.ts";
import { bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";

const terminate = bytes`
  05 07 0007  Terminate-Request, Identifier 7, Length 7
  627965      "bye"
`;
const value = { code: 5, identifier: 7, data: fromHex("627965") };

test("a packet encodes and decodes", () => {
  assert.deepEqual(encodePacket(value), terminate);
  assert.deepEqual(decodePacket(terminate), { ok: true, value });
});

for (const prefix of strictPrefixes(terminate))
  test(`a packet truncated at octet ${prefix.length} is refused`, () => {
    assert.deepEqual(decodePacket(prefix), { ok: false, code: "truncated", at: prefix.length });
  });

test("octets beyond Length are padding", () => {
  assert.deepEqual(
    decodePacket(bytes`${terminate}  packet
    0000  padding`),
    { ok: true, value },
  );
});

for (const length of [0, 1, 2, 3])
  test(`Length ${length} is shorter than the header and refused`, () => {
    assert.deepEqual(decodePacket(Uint8Array.of(1, 1, 0, length)), { ok: false, code: "bad-length", at: 2 });
  });
