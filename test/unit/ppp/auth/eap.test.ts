import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeEapHead,
  EAP_TYPE,
  eapTitle,
  eapTypeName,
  encodeEapHead,
  identityName,
  isEapMethod,
  wantedTypes,
} from "../../../../server/ppp/auth/eap.ts";
import { decodeEapMsChapV2, encodeEapMsChapV2 } from "../../../../server/ppp/auth/eap-ms-chap-v2.ts";
import { decodeEapTls, tlsAlert } from "../../../../server/ppp/auth/eap-tls.ts";
import { ascii, bytes, fromHex, strictPrefixes } from "../../../support/bytes.ts";

const challenge = bytes`
  01                                OpCode Challenge
  07                                MS-CHAPv2-ID
  0019                              MS-Length
  10                                Value-Size 16
  95a87fa62ebcd2e3c8b09e1b448a6c72  Challenge
  70616364                          Name "pacd"
`;

const chap = { code: 1, identifier: 7, data: challenge.subarray(4) };

test("EAP-MSCHAPv2 holds a packet of CHAP, both ways", () => {
  assert.deepEqual(decodeEapMsChapV2(challenge), { ok: true, value: { chap, msLength: 25 } });
  assert.deepEqual(encodeEapMsChapV2(chap), challenge);
});

test("what a client says to a Success or Failure is its OpCode alone", () => {
  for (const code of [3, 4])
    assert.deepEqual(decodeEapMsChapV2(Uint8Array.of(code)), {
      ok: true,
      value: { chap: { code, identifier: 0, data: new Uint8Array(0) }, msLength: undefined },
    });
});

for (const prefix of strictPrefixes(challenge.subarray(0, 4)).filter(({ length }) => length !== 1))
  test(`EAP-MSCHAPv2 that ends after ${prefix.length} octets is truncated`, () => {
    const result = decodeEapMsChapV2(prefix);
    assert.deepEqual(result.ok ? "" : result.code, "truncated");
  });

test("a wrong MS-Length, as some servers send it, does no harm", () => {
  const wrong = challenge.slice();
  wrong[3] = 0xff;
  assert.deepEqual(decodeEapMsChapV2(wrong), { ok: true, value: { chap, msLength: 255 } });
});

test("Type and Type-Data, both ways; no type is truncated", () => {
  const head = { type: EAP_TYPE.identity, data: ascii("anna") };
  const data = encodeEapHead(head);
  assert.deepEqual(data, fromHex("01 616e6e61"));
  assert.deepEqual(decodeEapHead({ code: 2, identifier: 1, data }), { ok: true, value: head });
  assert.equal(decodeEapHead({ code: 2, identifier: 1, data: ascii("") }).ok, false);
});

test("an Identity ends at a zero; a Nak of 0 wants nothing", () => {
  assert.deepEqual(identityName(ascii("anna\0networkid=x")), ascii("anna"));
  assert.deepEqual(identityName(ascii("anna")), ascii("anna"));
  assert.deepEqual(wantedTypes(Uint8Array.of(26, 25)), [26, 25]);
  assert.deepEqual(wantedTypes(Uint8Array.of(0)), []);
});

test("EAP-TLS: flags, length where it is there, a piece of TLS, and what an alert says", () => {
  const alert = bytes`
    80        Flags: the length is there
    00000007  TLS Message Length
    15 0301 0002  Alert, TLS 1.0, two octets
    02 30     Fatal, unknown_ca
  `;
  const fragment = alert.subarray(5);
  assert.deepEqual(decodeEapTls(alert), { ok: true, value: { flags: 0x80, length: 7, fragment } });
  assert.equal(tlsAlert(fragment), "unknown_ca");
  for (const prefix of strictPrefixes(alert.subarray(0, 5))) assert.equal(decodeEapTls(prefix).ok, false);
  assert.deepEqual(decodeEapTls(fromHex("20")), {
    ok: true,
    value: { flags: 0x20, length: undefined, fragment: ascii("") },
  });
  for (const prefix of strictPrefixes(fragment)) assert.equal(tlsAlert(prefix), undefined);
  assert.equal(tlsAlert(fromHex("15 0303 0002 01 00")), undefined, "close_notify");
  assert.equal(tlsAlert(fromHex("15 0303 0002 02 fe")), "alert 254");
  assert.equal(tlsAlert(fromHex("15 0303 0002 77 30")), undefined, "encrypted");
});

for (const [type, name, title, method] of [
  [1, "1(identity)", "Identity", false],
  [3, "3(nak)", "Nak", false],
  [4, "4(md5-challenge)", "EAP-MD5", true],
  [13, "13(tls)", "EAP-TLS", true],
  [21, "21(ttls)", "EAP-TTLS", true],
  [25, "25(peap)", "PEAP", true],
  [26, "26(ms-chap-v2)", "EAP-MSCHAPv2", true],
  [33, "33(extensions)", "EAP Extensions", true],
  [200, "200", "EAP type 200", true],
] as const)
  test(`EAP type ${type} is ${title}`, () => {
    assert.deepEqual([eapTypeName(type), eapTitle(type), isEapMethod(type)], [name, title, method]);
  });
