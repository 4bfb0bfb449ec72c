import assert from "node:assert/strict";
import { test } from "node:test";
import { equalSecrets } from "../../../server/crypto/constant-time.ts";
import { masterKey, startKey } from "../../../server/crypto/mppe-keys.ts";
import {
  authenticatorResponse,
  challengeHash,
  formatAuthenticatorResponse,
  type MsChapV2Exchange,
  ntResponse,
  withoutDomain,
} from "../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash, ntPasswordHashHash } from "../../../server/crypto/nt-password-hash.ts";
import { SessionKey } from "../../../server/crypto/session-key.ts";
import { msChapV2StartKeys } from "../../../server/crypto/start-keys.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { ascii, bytes, fromHex } from "../../support/bytes.ts";
import { win7FirstFrame, win7Login } from "./vectors/win7.ts";

const login: MsChapV2Exchange = {
  name: ascii(win7Login.user),
  authenticatorChallenge: fromHex(win7Login.authChallenge),
  peerChallenge: fromHex(win7Login.peerChallenge),
};
const ntHash = ntPasswordHash(win7Login.password);

test("Windows 7 capture: password hash and its hash", () => {
  assert.equal(hex(ntHash), win7Login.ntHash);
  assert.equal(hex(ntPasswordHashHash(ntHash)), win7Login.ntHashHash);
});

test("Windows 7 capture: challenge hash", () =>
  assert.equal(hex(challengeHash(login)), win7Login.challengeHash));

test("Windows 7 capture: NT-Response", () =>
  assert.equal(hex(ntResponse(login, ntHash)), win7Login.ntResponse));

test("Windows 7 capture: authenticator response", () => {
  const response = authenticatorResponse(login, fromHex(win7Login.ntResponse), ntHash);
  assert.equal(response.length, 20);
  assert.equal(formatAuthenticatorResponse(response), win7Login.authenticatorResponse);
});

test("Windows 7 capture: master key", () => {
  const master = masterKey(fromHex(win7Login.ntHashHash), fromHex(win7Login.ntResponse));
  assert.equal(hex(master), win7Login.masterKey);
});

test("Windows 7 capture: the server receives with the key that the client sends with", () => {
  const keys = msChapV2StartKeys(ntHash, fromHex(win7Login.ntResponse))[128];
  assert.equal(hex(keys.receive), win7FirstFrame.startKey);
  const key = new SessionKey(keys.receive);
  assert.equal(hex(key.octets), win7FirstFrame.initialSessionKey);
  key.change();
  assert.equal(hex(key.octets), win7FirstFrame.firstPacketRc4Key);
});

test("what one side sends with, the other receives with; the directions differ", () => {
  const master = fromHex(win7Login.masterKey);
  const key = (isSend: boolean, isServer: boolean) => hex(startKey(master, { isSend, isServer }, 128));
  assert.equal(key(true, true), key(false, false));
  assert.equal(key(true, false), key(false, true));
  assert.notEqual(key(true, true), key(false, true));
});

test("a peer challenge in the place of the NT-Response gives another master key", () => {
  const wrong = masterKey(fromHex(win7Login.ntHashHash), fromHex(win7Login.peerChallenge));
  assert.notEqual(hex(wrong), win7Login.masterKey);
});

const NAMES: readonly (readonly [string, string])[] = [
  ["lulu", "lulu"],
  ["EXAMPLE\\lulu", "lulu"],
  ["FOREST\\EXAMPLE\\lulu", "lulu"],
  ["\\lulu", "lulu"],
  ["lulu\\", ""],
  ["lulu@example.org", "lulu@example.org"],
  ["EXAMPLE\\lulu@example.org", "lulu@example.org"],
  ["", ""],
];

for (const [received, hashed] of NAMES) {
  test(`the name "${received}" is hashed as "${hashed}"`, () => {
    assert.deepEqual(withoutDomain(ascii(received)), ascii(hashed));
    const asReceived = challengeHash({ ...login, name: ascii(received) });
    assert.deepEqual(asReceived, challengeHash({ ...login, name: ascii(hashed) }));
  });
}

// Computed with OpenSSL's MD4 and DES; challenges of RFC 2759 §9.2.
const BEYOND_ASCII = [
  ["UTF-8", "6ac3b67267", "Grüße", "f81be6b056c7c96b6f1a55acc62d60a1169ae7ebfd7e73c5"],
  ["Latin-1", "6af67267", "Grüße", "e71071add686298b450ef2374b2488ff7278b74d7e154851"],
  [
    "UTF-8 with a realm",
    "6ac3b67267406578616d706c652e6f7267",
    "🔑пароль",
    "4ff86bd306af3ce80c65f7ea3e8e35cac44b20869eaedbc8",
  ],
  ["astral UTF-8", "f09f9491", "🔑", "442d29c36d8d3af67add439bc9f6ffa0304d85900493cece"],
] as const;

for (const [what, name, password, response] of BEYOND_ASCII)
  for (const domain of ["", "444f4d5c", "444f4dc3845c", "444f4dc45c"])
    test(`a name in ${what} behind the domain "${domain}" gives the same NT-Response`, () => {
      const exchange = {
        name: fromHex(domain + name),
        authenticatorChallenge: fromHex("5b5d7c7d7b3f2f3e3c2c602132262628"),
        peerChallenge: fromHex("21402324255e262a28295f2b3a337c7e"),
      };
      assert.equal(hex(ntResponse(exchange, ntPasswordHash(password))), response);
    });

test("a name's octets are hashed as they came, UTF-8 or not", () => {
  const latin1 = challengeHash({ ...login, name: bytes`6a f6 72 67` });
  assert.notDeepEqual(latin1, challengeHash({ ...login, name: ascii("jörg") }));
});

test("upper and lower case of a name are different names to the hash", () => {
  assert.notDeepEqual(challengeHash({ ...login, name: ascii("LULU") }), challengeHash(login));
});

test("secrets are equal when length and octets are", () => {
  assert.equal(equalSecrets(ascii("abc"), ascii("abc")), true);
  assert.equal(equalSecrets(ascii("abc"), ascii("abd")), false);
  assert.equal(equalSecrets(ascii("abc"), ascii("ab")), false);
  assert.equal(equalSecrets(ascii(""), ascii("")), true);
});
