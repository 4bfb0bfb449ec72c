import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeChangePassword } from "../../../../server/ppp/auth/change-password.ts";
import { decodeChapValue, encodeChapValue } from "../../../../server/ppp/auth/chap.ts";
import { decodeChapMd5Response } from "../../../../server/ppp/auth/chap-md5.ts";
import { decodeMsChapV1Response } from "../../../../server/ppp/auth/ms-chap-v1.ts";
import { decodeMsChapV2Response } from "../../../../server/ppp/auth/ms-chap-v2.ts";
import { ascii, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import {
  challenge,
  changePassword,
  chapMd5Response,
  lulu,
  msChapV1Response,
  msChapV2Response,
} from "./packets.ts";

const packet = (data: Uint8Array) => ({ code: 2, identifier: 1, data });

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

test("an MS-CHAPv2 Response decodes", () => {
  assert.deepEqual(decodeMsChapV2Response(packet(msChapV2Response)), {
    ok: true,
    value: {
      peerChallenge: fromHex("e2ae0995eaac6ceff0d9757428b51509"),
      ntResponse: fromHex("ed8cc90fd40faa2d6bcd0abd0b1f562fd777df6c5609c98b"),
      flags: 4,
      name: lulu,
    },
  });
});

test("an MS-CHAPv1 Response decodes", () => {
  const ntResponse = fromHex("4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61");
  assert.deepEqual(decodeMsChapV1Response(packet(msChapV1Response)), {
    ok: true,
    value: { ntResponse, name: lulu },
  });
});

test("an MS-CHAPv1 Response with a LAN Manager response alone is refused", () => {
  const data = msChapV1Response.slice();
  data[49] = 0;
  assert.deepEqual(decodeMsChapV1Response(packet(data)), { ok: false, code: "bad-flags", at: 49 });
});

test("a CHAP Response with MD5 decodes", () => {
  const response = fromHex("fdfdad5277812ae40956a66f3db23308");
  assert.deepEqual(decodeChapMd5Response(packet(chapMd5Response)), {
    ok: true,
    value: { response, name: lulu },
  });
});

const KINDS = [
  { kind: "MS-CHAPv2", whole: msChapV2Response, decode: decodeMsChapV2Response, size: 49 },
  { kind: "MS-CHAPv1", whole: msChapV1Response, decode: decodeMsChapV1Response, size: 49 },
  { kind: "CHAP-MD5", whole: chapMd5Response, decode: decodeChapMd5Response, size: 16 },
] as const;

for (const { kind, whole, decode, size } of KINDS) {
  for (const prefix of strictPrefixes(whole))
    test(`a Response of ${kind} cut at octet ${prefix.length} ${prefix.length <= size ? "is refused" : "has a shorter name"}`, () => {
      const result = decode(packet(prefix));
      assert.equal(result.ok, prefix.length > size);
      if (result.ok) assert.deepEqual(result.value.name, lulu.slice(0, prefix.length - size - 1));
    });

  for (const other of [0, 16, 24, 48, 49, 50, 254].filter((length) => length !== size))
    test(`a Response of ${kind} with a value of ${other} octets is refused`, () => {
      const data = Uint8Array.of(other, ...new Uint8Array(other).fill(1), 0x61);
      assert.deepEqual(decode(packet(data)), { ok: false, code: "bad-length", at: 0 });
    });

  test(`the name in a Response of ${kind} is octets as they came, of any character set or none`, () => {
    for (const name of ["", "6af67267", "6ac3b67267", "f09f9491", "00ff5c22"].map(fromHex)) {
      const result = decode(packet(Uint8Array.of(...whole.slice(0, size + 1), ...name)));
      assert.ok(result.ok);
      assert.deepEqual(result.value.name, name);
    }
  });
}

test("a Change-Password decodes", () => {
  assert.equal(changePassword.length + 4, 586); // the Length of RFC 2759 §7
  assert.deepEqual(decodeChangePassword(packet(changePassword)), {
    ok: true,
    value: {
      encryptedPassword: new Uint8Array(516).fill(0xe1),
      encryptedHash: new Uint8Array(16).fill(0xe2),
      peerChallenge: new Uint8Array(16).fill(0xe3),
      ntResponse: new Uint8Array(24).fill(0xe4),
    },
  });
});

test("every strict prefix of a Change-Password is refused", () => {
  for (const prefix of strictPrefixes(changePassword)) {
    const result = decodeChangePassword(packet(prefix));
    assert.ok(!result.ok && result.code === "truncated", `${prefix.length} octets`);
  }
});
