import { ntPasswordHashHash } from "./nt-password-hash.ts";
import { sha1 } from "./sha1.ts";

/** Key lengths of MPPE in bits. Only 128 is offered by default; the others are history. */
export type MppeStrength = 40 | 56 | 128;

/** Octets of a session key: 40 and 56 bits travel in 8 octets whose first ones are known (RFC 3078 §7.3). */
export const sessionKeyLength = (strength: MppeStrength): number => (strength === 128 ? 16 : 8);

/** SHSpad1 and SHSpad2 (RFC 3079 §2.4, §3.4), 40 octets each. */
export const SHS_PAD1 = new Uint8Array(40).fill(0x00);
export const SHS_PAD2 = new Uint8Array(40).fill(0xf2);

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");

/** Magic1 to Magic3 (RFC 3079 §3.4). */
export const MAGIC1 = ascii("This is the MPPE Master Key");
export const MAGIC2 = ascii(
  "On the client side, this is the send key; on the server side, it is the receive key.",
);
export const MAGIC3 = ascii(
  "On the client side, this is the receive key; on the server side, it is the send key.",
);

/** GetMasterKey (RFC 3079 §3.4), 16 octets, of the NT hash's hash and the client's NT-Response. */
export const masterKey = (ntHashHash: Uint8Array, ntResponse: Uint8Array): Uint8Array =>
  sha1(ntHashHash, ntResponse, MAGIC1).slice(0, 16);

/** Whose key for which direction. */
export interface KeyUse {
  readonly isSend: boolean;
  readonly isServer: boolean;
}

/** GetAsymmetricStartKey (RFC 3079 §3.4). What one side sends with, the other receives with. */
export function startKey(master: Uint8Array, use: KeyUse, strength: MppeStrength): Uint8Array {
  const magic = use.isSend === use.isServer ? MAGIC3 : MAGIC2;
  return sha1(master, SHS_PAD1, magic, SHS_PAD2).slice(0, sessionKeyLength(strength));
}

/**
 * The 128-bit start key after an MS-CHAPv1 login, for both directions (Get_Start_Key, RFC 3079 §2.3);
 * `challenge` of 8 octets.
 */
export function msChapV1StartKey128(ntHash: Uint8Array, challenge: Uint8Array): Uint8Array {
  const hashHash = ntPasswordHashHash(ntHash);
  return sha1(hashHash, hashHash, challenge).slice(0, 16);
}

/**
 * The 40- and 56-bit start key after an MS-CHAPv1 login, for both directions (RFC 3079 §2.1, §2.2): 8 octets.
 */
export const msChapV1StartKey = (lmHash: Uint8Array): Uint8Array => Uint8Array.from(lmHash.subarray(0, 8));

/** Overwrites what a weak key must not keep: 24 of 64 bits for 40, 8 for 56 (RFC 3078 §7.3). In place. */
export function reduceKey(key: Uint8Array, strength: MppeStrength): void {
  if (strength === 128) return;
  key[0] = 0xd1;
  if (strength === 56) return;
  key[1] = 0x26;
  key[2] = 0x9e;
}
