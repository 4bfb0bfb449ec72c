import {
  type MppeStrength,
  masterKey,
  msChapV1StartKey,
  msChapV1StartKey128,
  startKey,
} from "./mppe-keys.ts";
import { ntPasswordHashHash } from "./nt-password-hash.ts";

/** The start keys of one length. */
interface Pair {
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
}

/**
 * MPPE start keys by length in bits, from the server's point of view (RFC 3079 §2, §3): 16 octets for 128,
 * else 8.
 */
export type StartKeys = {
  readonly [S in MppeStrength]?: Pair;
};

/** The server's start keys of every strength after an MS-CHAPv2 log-in (RFC 3079 §3). */
export function msChapV2StartKeys(ntHash: Uint8Array, ntResponse: Uint8Array): Record<MppeStrength, Pair> {
  const master = masterKey(ntPasswordHashHash(ntHash), ntResponse);
  const pair = (strength: MppeStrength): Pair => ({
    send: startKey(master, { isSend: true, isServer: true }, strength),
    receive: startKey(master, { isSend: false, isServer: true }, strength),
  });
  return { 128: pair(128), 56: pair(56), 40: pair(40) };
}

/**
 * The start keys after an MS-CHAPv1 log-in, the same for both directions (RFC 3079 §2): of 128 bits from the
 * NT hash; of 56 and 40 only where there is an LM hash.
 */
export function msChapV1StartKeys(
  ntHash: Uint8Array,
  challenge: Uint8Array,
  lmHash: Uint8Array | undefined,
): StartKeys {
  const both = (key: Uint8Array): Pair => ({ send: key, receive: key });
  const long = { 128: both(msChapV1StartKey128(ntHash, challenge)) };
  if (lmHash === undefined) return long;
  const short = both(msChapV1StartKey(lmHash));
  return { ...long, 56: short, 40: short };
}
