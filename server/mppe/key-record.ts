import type { MppeStrength } from "../crypto/mppe-keys.ts";
import { SessionKey } from "../crypto/session-key.ts";
import type { MppeDirection } from "./direction.ts";

/**
 * Octets of a record: the key of one direction of a tunnel, in memory that a kernel can be handed. Start key,
 * session key as it stands (each 16 octets, or 8 and 8 unused), strength in bits, unused. As in
 * `platform/native/mppe.h`.
 */
export const KEY_RECORD = 40;

/** Where the session key stands in a record, and where the strength. */
export const SESSION_KEY_AT = 16;
export const STRENGTH_AT = 32;

/**
 * Writes record number `index` into `records`, with the initial session key: the first packet takes one
 * change (RFC 3078 §7.1). RangeError for a key whose length does not go with its strength, or a record
 * outside `records`.
 */
export function writeKeyRecord(records: Uint8Array, index: number, direction: MppeDirection): void {
  const { key, strength } = direction;
  const record = recordAt(records, index);
  const session = new SessionKey(key, strength);
  record.fill(0);
  record.set(key);
  record.set(session.octets, SESSION_KEY_AT);
  record[STRENGTH_AT] = strength;
}

/** Forgets the keys of record number `index`: no packet can be given to it any more. */
export function eraseKeyRecord(records: Uint8Array, index: number): void {
  recordAt(records, index).fill(0);
}

/** The strength of record number `index`; undefined where there is none, or where it holds no key. */
export function strengthOf(records: Uint8Array, index: number): MppeStrength | undefined {
  const strength = records[KEY_RECORD * index + STRENGTH_AT];
  return strength === 40 || strength === 56 || strength === 128 ? strength : undefined;
}

function recordAt(records: Uint8Array, index: number): Uint8Array {
  const at = KEY_RECORD * index;
  if (!Number.isInteger(index) || index < 0 || at + KEY_RECORD > records.length) {
    throw new RangeError(`key record ${index} of ${Math.floor(records.length / KEY_RECORD)}`);
  }
  return records.subarray(at, at + KEY_RECORD);
}
