import { chapMd5Response } from "../../../server/crypto/chap-md5.ts";
import { challengeResponse } from "../../../server/crypto/ms-chap-v1.ts";
import { ntResponse } from "../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { chapResponse } from "../../simulation/peers/chap-response.ts";
import { ascii, fromHex } from "../../support/bytes.ts";
import { passwordChange } from "../../support/password-change.ts";

/** Values of LCP's Authentication-Protocol, in hexadecimal. */
export const METHODS = ["c22381", "c22380", "c22305", "c023"] as const;

/** What the client proves itself with, and MPPE keys where there are some. */
interface Proof {
  readonly data: Uint8Array;
  readonly keys?: { readonly send: Uint8Array; readonly receive: Uint8Array };
}

/** The data of the Response to a Challenge with this data, by the method agreed on. */
export function response(
  method: string,
  user: string,
  password: string,
  id: number,
  challenge: Uint8Array,
): Proof {
  const value = challenge.slice(1, 1 + (challenge[0] ?? 0));
  const name = ascii(user);
  if (method === METHODS[1]) {
    const proof = challengeResponse(concat(value, new Uint8Array(8)).slice(0, 8), ntPasswordHash(password));
    return { data: concat(Uint8Array.of(49), new Uint8Array(24), proof, Uint8Array.of(1), name) };
  }
  if (method === METHODS[2]) {
    return { data: concat(Uint8Array.of(16), chapMd5Response(id, ascii(password), value), name) };
  }
  const { data, send, receive } = chapResponse(user, password, value);
  return { data, keys: { send, receive } };
}

/** The data of a PAP Authenticate-Request. */
export const papRequest = (user: string, password: string): Uint8Array =>
  concat(Uint8Array.of(user.length), ascii(user), Uint8Array.of(password.length), ascii(password));

/** What a user whose password has expired sets in its place. */
const NEW_PASSWORD = "Changed.2026";

/**
 * The data of a Change-Password in answer to a Failure with this Message; undefined where it asks for none.
 */
export function changeRequest(user: string, password: string, failure: Uint8Array): Uint8Array | undefined {
  const challenge = /^E=648 .*C=([0-9A-F]{32})/.exec(Buffer.from(failure).toString("latin1"))?.[1];
  if (challenge === undefined) return undefined;
  const { encryptedPassword, encryptedHash } = passwordChange(password, NEW_PASSWORD);
  const peerChallenge = new Uint8Array(16).fill(0x5a);
  const exchange = { name: ascii(user), authenticatorChallenge: fromHex(challenge), peerChallenge };
  const proof = ntResponse(exchange, ntPasswordHash(NEW_PASSWORD));
  return concat(encryptedPassword, encryptedHash, peerChallenge, new Uint8Array(8), proof, new Uint8Array(2));
}
