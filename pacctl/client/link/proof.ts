import { chapMd5Response } from "../../../server/crypto/chap-md5.ts";
import { lmPasswordHash } from "../../../server/crypto/lm-hash.ts";
import { challengeResponse } from "../../../server/crypto/ms-chap-v1.ts";
import {
  authenticatorResponse,
  formatAuthenticatorResponse,
  ntResponse,
} from "../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import type { StartKeys } from "../../../server/crypto/start-keys.ts";
import { msChapV1StartKeys, msChapV2StartKeys } from "../../../server/crypto/start-keys.ts";
import { CHAP, decodeChapValue, encodeChapValue } from "../../../server/ppp/auth/chap.ts";
import type { AuthMethod } from "../../../server/ppp/auth/credentials.ts";
import { PAP } from "../../../server/ppp/auth/pap.ts";
import type { Packet } from "../../../server/ppp/packet.ts";
import { concat } from "../../../server/wire/bytes.ts";

/** What we answer to one Challenge, and what follows from it. */
export interface Proof {
  readonly response: Packet;
  /** How the Success must begin; undefined: this method proves nothing of the server. */
  readonly expected: string | undefined;
  /** From our point of view; empty where the method gives none. */
  readonly keys: StartKeys;
}

interface Login {
  /** As it goes over the wire, a domain in front of it included. */
  readonly name: Uint8Array;
  readonly password: string;
  readonly peerChallenge: Uint8Array;
}

/**
 * MS-CHAP responses: 8 reserved octets, and the flag "use the NT response" of version 1 (RFC 2433 §6, RFC
 * 2759 §4).
 */
const RESERVED = new Uint8Array(8);
const NO_LM_RESPONSE = new Uint8Array(24);
const USE_NT = Uint8Array.of(1);
const NO_FLAGS = Uint8Array.of(0);

/** Answers a Challenge. Undefined for one that is malformed, or whose length is not the method's. */
export function prove(method: Exclude<AuthMethod, "pap">, login: Login, packet: Packet): Proof | undefined {
  const decodedValue = decodeChapValue(packet.data);
  if (!decodedValue.ok) return undefined;
  const challenge = decodedValue.value.value.slice();
  const { name, password, peerChallenge } = login;
  const respond = (value: Uint8Array): Packet => ({
    code: CHAP.response,
    identifier: packet.identifier,
    data: encodeChapValue({ value, name }),
  });
  switch (method) {
    case "ms-chap-v2": {
      if (challenge.length !== 16) return undefined;
      const hash = ntPasswordHash(password);
      const exchange = { name, authenticatorChallenge: challenge, peerChallenge };
      const answer = ntResponse(exchange, hash);
      return {
        response: respond(concat(peerChallenge, RESERVED, answer, NO_FLAGS)),
        expected: formatAuthenticatorResponse(authenticatorResponse(exchange, answer, hash)),
        keys: seenFromHere(msChapV2StartKeys(hash, answer)),
      };
    }
    case "ms-chap-v1": {
      if (challenge.length !== 8) return undefined;
      const hash = ntPasswordHash(password);
      return {
        response: respond(concat(NO_LM_RESPONSE, challengeResponse(challenge, hash), USE_NT)),
        expected: undefined,
        keys: seenFromHere(msChapV1StartKeys(hash, challenge, lmPasswordHash(password))),
      };
    }
    case "chap-md5": {
      const secret = new TextEncoder().encode(password);
      return {
        response: respond(chapMd5Response(packet.identifier, secret, challenge)),
        expected: undefined,
        keys: {},
      };
    }
  }
}

/**
 * The Authenticate-Request of PAP (RFC 1334 §2.2.1). Throws RangeError for a name or password beyond 255
 * octets.
 */
export function papRequest(identifier: number, name: Uint8Array, password: string): Packet {
  const secret = new TextEncoder().encode(password);
  const data = concat(Uint8Array.of(name.length), name, Uint8Array.of(secret.length), secret);
  return { code: PAP.request, identifier, data };
}

/** The server's sending key is our receiving key. */
function seenFromHere(keys: StartKeys): StartKeys {
  const turned = Object.entries(keys).map(([strength, { send, receive }]) => [
    strength,
    { send: receive, receive: send },
  ]);
  return Object.fromEntries(turned) as StartKeys;
}

/** The text of a name as it goes over the wire: UTF-8, as Windows and pppd on Linux send it. */
export const nameOctets = (name: string): Uint8Array => new TextEncoder().encode(name);
