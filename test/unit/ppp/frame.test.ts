import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeFrame, encodeFrame } from "../../../server/ppp/frame.ts";
import { bytes, fromHex, strictPrefixes } from "../../support/bytes.ts";

const plain = bytes`
  ff 03       Address, Control
  0021        Protocol: IP
  4500        Information
`;

test("a frame is built with everything spelled out", () => {
  assert.deepEqual(encodeFrame(0x0021, fromHex("4500")), plain);
  assert.deepEqual(encodeFrame(0xc021, new Uint8Array(0)), fromHex("ff03c021"));
});

for (const [name, digits] of [
  ["address and control, two octets of protocol", "ff03 0021 4500"],
  ["address and control, one octet of protocol", "ff03 21 4500"],
  ["no address and control, two octets of protocol", "0021 4500"],
  ["no address and control, one octet of protocol", "21 4500"],
] as const)
  test(`decodes with ${name}`, () => {
    assert.deepEqual(decodeFrame(fromHex(digits)), {
      ok: true,
      value: { protocol: 0x21, information: fromHex("4500") },
    });
  });

test("a two-octet protocol without address and control is decoded", () => {
  const result = decodeFrame(fromHex("c021 01"));
  assert.ok(result.ok && result.value.protocol === 0xc021);
});

for (const prefix of strictPrefixes(plain).slice(0, 4))
  test(`a frame truncated at octet ${prefix.length} is refused`, () => {
    assert.equal(decodeFrame(prefix).ok, false);
  });

test("empty information is information", () => {
  assert.deepEqual(decodeFrame(plain.slice(0, 4)), {
    ok: true,
    value: { protocol: 0x21, information: new Uint8Array(0) },
  });
});

test("a protocol whose second octet is even is refused", () => {
  assert.deepEqual(decodeFrame(fromHex("ff03 c020 00")), { ok: false, code: "bad-protocol", at: 3 });
});

test("the reserved protocol ff is refused", () => {
  assert.deepEqual(decodeFrame(fromHex("ff04")), { ok: false, code: "bad-protocol", at: 0 });
  assert.deepEqual(decodeFrame(fromHex("ff03ff03")), { ok: false, code: "bad-protocol", at: 2 });
});
