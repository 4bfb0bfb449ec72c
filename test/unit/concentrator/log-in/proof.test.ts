import assert from "node:assert/strict";
import { test } from "node:test";
import { hashesOf, prove } from "../../../../server/concentrator/log-in/proof.ts";
import { chapMd5Response } from "../../../../server/crypto/chap-md5.ts";
import { lmPasswordHash } from "../../../../server/crypto/lm-hash.ts";
import { challengeResponse } from "../../../../server/crypto/ms-chap-v1.ts";
import { ntResponse } from "../../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../../server/crypto/nt-password-hash.ts";

const NAME = new Uint8Array(Buffer.from("alice"));
const widened = (text: string) => Buffer.from(text, "utf8").toString("latin1");

/** What the store knows of a password. */
function secrets(password: string, kept = false) {
  const hashes = [password, widened(password)].map(ntPasswordHash);
  const ascii = widened(password) === password;
  return { ntHashes: ascii ? hashes.slice(0, 1) : hashes, password: kept ? password : undefined };
}

const CHALLENGE = new Uint8Array(16).fill(0x11);
const SHORT = CHALLENGE.subarray(0, 8);

const v2 = (password: string) => {
  const exchange = { name: NAME, authenticatorChallenge: CHALLENGE, peerChallenge: CHALLENGE };
  const response = ntResponse(exchange, ntPasswordHash(password));
  return { method: "ms-chap-v2", ...exchange, ntResponse: response } as const;
};
const v1 = (password: string) =>
  ({
    method: "ms-chap-v1",
    name: NAME,
    challenge: SHORT,
    ntResponse: challengeResponse(SHORT, ntPasswordHash(password)),
  }) as const;
const md5 = (octets: Uint8Array) =>
  ({
    method: "chap-md5",
    name: NAME,
    identifier: 7,
    challenge: CHALLENGE,
    response: chapMd5Response(7, octets, CHALLENGE),
  }) as const;
const pap = (octets: Uint8Array) => ({ method: "pap", name: NAME, password: octets }) as const;

test("everybody has two hashes to be compared with, also who does not exist", () => {
  for (const found of [secrets("plain"), secrets("grün"), undefined])
    assert.deepEqual(
      hashesOf(found).map(({ length }) => length),
      [16, 16],
    );
});

for (const [how, credentials] of [
  ["MS-CHAPv2", v2],
  ["MS-CHAPv1", v1],
] as const) {
  test(`${how} takes a password beyond ASCII as Windows hashes it and as pppd does, and no other`, () => {
    const found = secrets("grün");
    assert.ok(prove(found, credentials("grün")));
    assert.ok(prove(found, credentials(widened("grün"))));
    assert.equal(prove(found, credentials("grun")), undefined);
    assert.equal(prove(undefined, credentials("grün")), undefined);
  });
}

test("MS-CHAPv2 gives keys of each length, and proves us to the client", () => {
  const proven = prove(secrets("plain"), v2("plain"))!;
  assert.equal(proven.authenticatorResponse?.length, 20);
  assert.deepEqual(
    ([128, 56, 40] as const).map((strength) => proven.keys[strength]?.send.length),
    [16, 8, 8],
  );
  assert.notDeepEqual(proven.keys[128]?.send, proven.keys[128]?.receive);
});

test("MS-CHAPv1 gives short keys only where the password is kept and has a LAN Manager hash", () => {
  assert.deepEqual(Object.keys(prove(secrets("plain"), v1("plain"))!.keys), ["128"]);
  const { keys } = prove(secrets("plain", true), v1("plain"))!;
  assert.deepEqual(keys[56]?.send, lmPasswordHash("plain")?.subarray(0, 8));
  const long = "longer than fourteen";
  assert.deepEqual(Object.keys(prove(secrets(long, true), v1(long))!.keys), ["128"]);
});

test("CHAP-MD5 takes the password in UTF-8 and in Latin-1, and never without a kept one", () => {
  const found = secrets("grün", true);
  assert.ok(prove(found, md5(Buffer.from("grün", "utf8"))));
  assert.ok(prove(found, md5(Buffer.from("grün", "latin1"))));
  assert.equal(prove(found, md5(Buffer.from("grun"))), undefined);
  assert.equal(prove(secrets("grün"), md5(Buffer.from("grün", "utf8"))), undefined);
  assert.deepEqual(prove(found, md5(Buffer.from("grün", "utf8")))?.keys, {});
});

test("CHAP-MD5 does not cut a character to one octet", () => {
  const found = secrets("Ā1", true);
  assert.equal(prove(found, md5(Buffer.from([0x00, 0x31]))), undefined);
});

test("PAP takes the password in UTF-8 and in Latin-1", () => {
  const found = secrets("grün");
  assert.ok(prove(found, pap(Buffer.from("grün", "utf8"))));
  assert.ok(prove(found, pap(Buffer.from("grün", "latin1"))));
  assert.equal(prove(found, pap(Buffer.from("grun"))), undefined);
  assert.equal(prove(found, pap(new Uint8Array())), undefined);
  assert.equal(prove(undefined, pap(Buffer.from("grün"))), undefined);
});
