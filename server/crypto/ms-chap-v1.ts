import { concat } from "../wire/bytes.ts";
import { desEncrypt } from "./des.ts";

/**
 * ChallengeResponse (RFC 2433 §A.7, RFC 2759 §8.5), 24 octets: the challenge of 8 octets encrypted three
 * times, under the password hash of 16 octets cut into keys of 7, 7 and 2 octets.
 *
 * With the NT hash it is MS-CHAPv1's NT response and the core of MS-CHAPv2's; with the LM hash MS-CHAPv1's LM
 * response.
 */
export function challengeResponse(challenge: Uint8Array, passwordHash: Uint8Array): Uint8Array {
  const keys = new Uint8Array(21);
  keys.set(passwordHash);
  return concat(
    desEncrypt(keys.subarray(0, 7), challenge),
    desEncrypt(keys.subarray(7, 14), challenge),
    desEncrypt(keys.subarray(14, 21), challenge),
  );
}
