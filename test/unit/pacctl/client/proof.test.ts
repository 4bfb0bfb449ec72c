import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOctets, papRequest, prove } from "../../../../pacctl/client/link/proof.ts";
import { decodeChapValue, encodeChapValue } from "../../../../server/ppp/auth/chap.ts";
import { decodePapRequest } from "../../../../server/ppp/auth/pap.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";

/** RFC 2759 §9.2. */
const USER = {
  name: nameOctets("User"),
  password: "clientPass",
  peerChallenge: fromHex("21402324255e262a28295f2b3a337c7e"),
};
const CHALLENGE = fromHex("5b5d7c7d7b3f2f3e3c2c602132262628");

const challenge = (value: Uint8Array, identifier = 9) => ({
  code: 1,
  identifier,
  data: encodeChapValue({ value, name: ascii("server") }),
});

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("MS-CHAPv2 answers as in RFC 2759 §9.2, with the Challenge's identifier", () => {
  const proof = prove("ms-chap-v2", USER, challenge(CHALLENGE))!;
  assert.equal(proof.response.identifier, 9);
  const { value, name } = (
    decodeChapValue(proof.response.data) as { value: { value: Uint8Array; name: Uint8Array } }
  ).value;
  assert.equal(hexOf(value.subarray(0, 16)), hexOf(USER.peerChallenge));
  assert.equal(hexOf(value.subarray(24, 48)), "82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df");
  assert.equal(value[48], 0);
  assert.equal(Buffer.from(name).toString(), "User");
  assert.equal(proof.expected, "S=407A5589115FD0D6209F510FE9C04566932CDA56");
});

test("a domain goes over the wire, and is no part of what is hashed", () => {
  const bare = prove("ms-chap-v2", USER, challenge(CHALLENGE))!;
  const domain = prove("ms-chap-v2", { ...USER, name: nameOctets("OFFICE\\User") }, challenge(CHALLENGE))!;
  assert.equal(domain.expected, bare.expected);
  assert.match(Buffer.from(domain.response.data).toString("latin1"), /OFFICE\\User$/);
});

test("MS-CHAPv2's keys are RFC 3079 §3.5.3's, as the client has them", () => {
  const { keys } = prove("ms-chap-v2", USER, challenge(CHALLENGE))!;
  // The RFC names the server's sending key, which is the client's receiving key.
  assert.equal(hexOf(keys[128]!.receive), "8b7cdc149b993a1ba118cb153f56dccb");
  assert.notEqual(hexOf(keys[128]!.send), hexOf(keys[128]!.receive));
});

test("MS-CHAPv1 has one key for both directions and proves nothing of the server", () => {
  const proof = prove("ms-chap-v1", USER, challenge(new Uint8Array(8).fill(3)))!;
  assert.equal(hexOf(proof.keys[128]!.send), hexOf(proof.keys[128]!.receive));
  assert.equal(proof.expected, undefined);
});

test("CHAP-MD5 gives no keys", () => {
  assert.deepEqual(prove("chap-md5", USER, challenge(CHALLENGE))!.keys, {});
});

test("a Challenge of another length, or a truncated one, is not answered", () => {
  for (const length of [0, 8, 15, 17])
    assert.equal(prove("ms-chap-v2", USER, challenge(new Uint8Array(length))), undefined);
  assert.equal(prove("ms-chap-v1", USER, challenge(new Uint8Array(16))), undefined);
  const { data, ...rest } = challenge(CHALLENGE);
  for (let length = 0; length < 17; length += 1)
    assert.equal(prove("ms-chap-v2", USER, { ...rest, data: data.subarray(0, length) }), undefined);
});

test("PAP's request reads as the server reads it", () => {
  const request = decodePapRequest(papRequest(1, nameOctets("anna"), "pässword"));
  assert.ok(request.ok);
  assert.equal(Buffer.from(request.value.name).toString(), "anna");
  assert.equal(Buffer.from(request.value.password).toString(), "pässword");
});
