import { chapMd5Response } from "../../../../server/crypto/chap-md5.ts";
import { desKey } from "../../../../server/crypto/des.ts";
import { lmPasswordHash } from "../../../../server/crypto/lm-hash.ts";
import { md4 } from "../../../../server/crypto/md4.ts";
import * as mppe from "../../../../server/crypto/mppe-keys.ts";
import { challengeResponse } from "../../../../server/crypto/ms-chap-v1.ts";
import * as v2 from "../../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash, ntPasswordHashHash } from "../../../../server/crypto/nt-password-hash.ts";
import { Rc4 } from "../../../../server/crypto/rc4.ts";
import { SessionKey } from "../../../../server/crypto/session-key.ts";
import { sha1 } from "../../../../server/crypto/sha1.ts";
import { concat, hex } from "../../../../server/wire/bytes.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";
import type { Vector } from "./vector.ts";

/** How our code computes each field that a published vector expects, from the vector's inputs. */
export const derivations: Readonly<Record<string, (vector: Vector) => string | number>> = {
  md4: (v) => hex(md4(octets(v, "data"))),
  sha1: (v) => hex(sha1(octets(v, "data"))),
  md5: (v) => hex(md5(octets(v, "data"))),
  cipher: (v) => hex(rc4(octets(v, "key"), octets(v, "plain"))),
  keystream: (v) => {
    const offset = Number(v.inputs["offset"]);
    return hex(rc4(octets(v, "key"), new Uint8Array(offset + 16)).subarray(offset));
  },
  response: (v) => hex(chapMd5Response(Number(v.inputs["id"]), secret(v), octets(v, "challenge"))),

  ntHash: (v) => hex(ntHash(v)),
  ntHashHash: (v) => hex(ntPasswordHashHash(ntHash(v))),
  lmHash: (v) => hex(lmHash(v)),
  desKey1: (v) => hex(desKey(ntHash(v).subarray(0, 7))),
  desKey2: (v) => hex(desKey(ntHash(v).subarray(7, 14))),
  msChapMppeKeysLm8: (v) => hex(mppe.msChapV1StartKey(lmHash(v))),
  msChapMppeKeysNt16: (v) => hex(ntPasswordHashHash(ntHash(v))),

  challenge: (v) => hex(v2.challengeHash(exchange(v))),
  ntChallengeResponse: (v) => hex(challengeResponse(challenge8(v), ntHash(v))),
  ntResponse: (v) =>
    hex(v.inputs["peerChallenge"] ? ntResponse(v) : challengeResponse(challenge8(v), ntHash(v))),
  authenticatorResponse: (v) =>
    v2.formatAuthenticatorResponse(v2.authenticatorResponse(exchange(v), ntResponse(v), ntHash(v))),

  keyBeforeReduce: (v) => {
    const start = mppe.msChapV1StartKey(lmHash(v));
    return hex(sha1(start, mppe.SHS_PAD1, start, mppe.SHS_PAD2).subarray(0, 8));
  },
  sessionKey: (v) => hex(new SessionKey(mppe.msChapV1StartKey(lmHash(v)), strength(v)).octets),
  initialSessionKey: (v) => hex(mppe.msChapV1StartKey128(ntHash(v), octets(v, "challenge"))),
  currentSessionKey: (v) =>
    hex(new SessionKey(mppe.msChapV1StartKey128(ntHash(v), octets(v, "challenge")), strength(v)).octets),
  masterKey: (v) => hex(masterKey(v)),
  serverSendStartKey: (v) => hex(serverSendStartKey(v)),
  serverSendSessionKey: (v) => hex(new SessionKey(serverSendStartKey(v), strength(v)).octets),
  rc4OfAsciiTestMessage: (v) => {
    const key = new SessionKey(serverSendStartKey(v), strength(v)).octets;
    return hex(rc4(key, ascii("test message")));
  },
  clientSendStartKey: (v) =>
    hex(mppe.startKey(octets(v, "masterKey"), { isSend: true, isServer: false }, strength(v))),
  magic1: () => hex(mppe.MAGIC1),
  magic2: () => hex(mppe.MAGIC2),
  magic3: () => hex(mppe.MAGIC3),
  magic1Len: () => mppe.MAGIC1.length,
  magic2Len: () => mppe.MAGIC2.length,
  magic3Len: () => mppe.MAGIC3.length,
};

const octets = (v: Vector, name: string): Uint8Array => fromHex(text(v, name));
const secret = (v: Vector): Uint8Array => ascii(text(v, "password"));
const ntHash = (v: Vector): Uint8Array => ntPasswordHash(text(v, "password"));

function text(v: Vector, name: string): string {
  const value = v.inputs[name];
  if (typeof value !== "string") throw new Error(`${v.id} has no input ${name}`);
  return value;
}

function strength(v: Vector): mppe.MppeStrength {
  if (v.strength === undefined) throw new Error(`${v.id} has no strength`);
  return v.strength;
}

function lmHash(v: Vector): Uint8Array {
  const hash = lmPasswordHash(text(v, "password"));
  if (hash === undefined) throw new Error(`${v.id} has no LM hash`);
  return hash;
}

function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const copy = data.slice();
  new Rc4(key).apply(copy);
  return copy;
}

/** MD5 by way of CHAP, which hashes identifier, secret and challenge. */
const md5 = (data: Uint8Array): Uint8Array => chapMd5Response(data[0]!, data.subarray(1), new Uint8Array(0));

const exchange = (v: Vector): v2.MsChapV2Exchange => ({
  name: ascii(text(v, "user")),
  authenticatorChallenge: octets(v, "authChallenge"),
  peerChallenge: octets(v, "peerChallenge"),
});

/** The one given, where a vector is about what follows from it; else the one that belongs to the login. */
const ntResponse = (v: Vector): Uint8Array =>
  v.inputs["ntResponse"] ? octets(v, "ntResponse") : v2.ntResponse(exchange(v), ntHash(v));

/** The 8 octets that are encrypted: as given, or of NTLMv1's extended session security. */
function challenge8(v: Vector): Uint8Array {
  if (v.inputs["serverChallenge"]) {
    return md5(concat(octets(v, "serverChallenge"), octets(v, "clientChallenge"))).slice(0, 8);
  }
  return octets(v, v.inputs["challenge8"] ? "challenge8" : "challenge");
}

const masterKey = (v: Vector): Uint8Array =>
  mppe.masterKey(ntPasswordHashHash(ntHash(v)), octets(v, "ntResponse"));

const serverSendStartKey = (v: Vector): Uint8Array =>
  mppe.startKey(masterKey(v), { isSend: true, isServer: true }, strength(v));
