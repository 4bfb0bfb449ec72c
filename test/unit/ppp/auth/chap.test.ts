import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeChapValue, decodeMsChapResponse, encodeChapValue } from "../../../../server/ppp/auth/chap.ts";
import { failureMessage, successMessage } from "../../../../server/ppp/auth/messages.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";

const challenge = bytes`
  10                                Value-Size 16
  95a87fa62ebcd2e3c8b09e1b448a6c72  Value
  7070747064                        Name "pptpd"
`;
const response = bytes`
  31                                Value-Size 49
  e2ae0995eaac6ceff0d9757428b51509  Peer-Challenge
  0000000000000000                  Reserved
  ed8cc90fd40faa2d6bcd0abd0b1f562fd777df6c5609c98b  NT-Response
  04                                Flags
  6c756c75                          Name "lulu"
`;

test("a Challenge encodes and decodes", () => {
  const value = { value: challenge.slice(1, 17), name: ascii("pptpd") };
  assert.deepEqual(encodeChapValue(value), challenge);
  assert.deepEqual(decodeChapValue(challenge), { ok: true, value });
});

for (const prefix of strictPrefixes(challenge))
  test(`a Challenge cut at octet ${prefix.length} ${prefix.length < 17 ? "is refused" : "has a shorter name"}`, () => {
    const result = decodeChapValue(prefix);
    assert.equal(result.ok, prefix.length >= 17);
    if (result.ok) assert.deepEqual(result.value.name, ascii("pptpd".slice(0, prefix.length - 17)));
  });

const packet = (data: Uint8Array) => ({ code: 2, identifier: 1, data });

test("an MS-CHAPv2 Response decodes", () => {
  assert.deepEqual(decodeMsChapResponse(packet(response)), {
    ok: true,
    value: {
      peerChallenge: fromHex("e2ae0995eaac6ceff0d9757428b51509"),
      ntResponse: fromHex("ed8cc90fd40faa2d6bcd0abd0b1f562fd777df6c5609c98b"),
      flags: 4,
      name: ascii("lulu"),
    },
  });
});

for (const prefix of strictPrefixes(response).slice(0, 50))
  test(`a Response truncated at octet ${prefix.length} is refused`, () => {
    assert.equal(decodeMsChapResponse(packet(prefix)).ok, false);
  });

for (const size of [0, 16, 24, 48, 50])
  test(`a Response of ${size} octets is refused`, () => {
    const data = Uint8Array.of(size, ...new Uint8Array(size), 0x61);
    assert.deepEqual(decodeMsChapResponse(packet(data)), { ok: false, code: "bad-length", at: 0 });
  });

test("Success carries upper-case hexadecimal, with text unless the client cannot read it", () => {
  const proof = fromHex("460874e1cadf35fbd9f6e80c01a1adc5746f0b6a");
  const bare = "S=460874E1CADF35FBD9F6E80C01A1ADC5746F0B6A";
  assert.deepEqual(successMessage(proof, true), ascii(`${bare} M=Access granted`));
  assert.deepEqual(successMessage(proof, false), ascii(bare));
});

test("Failure is 691 without a retry", () => {
  const bare = "E=691 R=0 C=95A87FA62EBCD2E3C8B09E1B448A6C72 V=3";
  assert.deepEqual(failureMessage(challenge.slice(1, 17), true), ascii(`${bare} M=Access denied`));
  assert.deepEqual(failureMessage(challenge.slice(1, 17), false), ascii(bare));
});
