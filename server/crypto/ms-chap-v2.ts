import { hex } from "../wire/bytes.ts";
import { challengeResponse } from "./ms-chap-v1.ts";
import { ntPasswordHashHash } from "./nt-password-hash.ts";
import { sha1 } from "./sha1.ts";

/** What both sides know of one MS-CHAPv2 login besides the password. */
export interface MsChapV2Exchange {
  /** The name as received, octets; a `DOMAIN\` prefix may stand before it. */
  readonly name: Uint8Array;
  /** 16 octets, ours. */
  readonly authenticatorChallenge: Uint8Array;
  /** 16 octets, the client's. */
  readonly peerChallenge: Uint8Array;
}

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** RFC 2759 §8.7, Magic1 and Magic2. */
const SIGNING = ascii("Magic server to client signing constant");
const PAD_ITERATION = ascii("Pad to make it do more than one iteration");

const BACKSLASH = 0x5c;

/**
 * The name that is hashed: without everything up to the last backslash (RFC 2759 §4). A realm after an @
 * stays, it is part of the name.
 */
export const withoutDomain = (name: Uint8Array): Uint8Array => name.subarray(name.lastIndexOf(BACKSLASH) + 1);

/** ChallengeHash (RFC 2759 §8.2), 8 octets. */
export function challengeHash(exchange: MsChapV2Exchange): Uint8Array {
  const name = withoutDomain(exchange.name);
  return sha1(exchange.peerChallenge, exchange.authenticatorChallenge, name).slice(0, 8);
}

/** GenerateNTResponse (RFC 2759 §8.1), 24 octets. Compare with `equalSecrets`. */
export const ntResponse = (exchange: MsChapV2Exchange, ntHash: Uint8Array): Uint8Array =>
  challengeResponse(challengeHash(exchange), ntHash);

/**
 * GenerateAuthenticatorResponse (RFC 2759 §8.7), 20 octets: proves to the client that we know its password
 * too. `response` is the client's NT-Response, 24 octets.
 */
export function authenticatorResponse(
  exchange: MsChapV2Exchange,
  response: Uint8Array,
  ntHash: Uint8Array,
): Uint8Array {
  const digest = sha1(ntPasswordHashHash(ntHash), response, SIGNING);
  return sha1(digest, challengeHash(exchange), PAD_ITERATION);
}

/** The authenticator response as a Success packet says it: "S=" and 40 digits in upper case (RFC 2759 §5). */
export const formatAuthenticatorResponse = (octets: Uint8Array): string => `S=${hex(octets).toUpperCase()}`;
