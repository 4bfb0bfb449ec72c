import type { MppeStrength } from "../crypto/mppe-keys.ts";
import { Rc4 } from "../crypto/rc4.ts";
import { SessionKey } from "../crypto/session-key.ts";
import { KEY_RECORD, SESSION_KEY_AT, strengthOf } from "./key-record.ts";

/**
 * Stateless MPPE over a batch of packets, in place, for many tunnels at once; sealing and opening are the
 * same. Counts and headers, and whether a packet may be opened at all, are the caller's.
 *
 * `records`: a KEY_RECORD for each direction of each tunnel. `entries`: KERNEL_ENTRY words for each packet:
 * the number of its record; how often the key changes before it, 1 to MAX_CHANGES: once, and once more for
 * each packet lost before it (RFC 3078 §7.1); the first octet behind the MPPE header in `bytes`; octets.
 * Packets of one record take its keys in the order of their entries, and the record keeps the last. Packets
 * must not overlap.
 *
 * At most KERNEL_BATCH packets a call. TypeError, and nothing is touched, where an argument is wrong.
 */
export type MppeKernel = (
  records: Uint8Array,
  bytes: Uint8Array,
  entries: Uint32Array,
  count: number,
) => void;

/** 32-bit words of an entry. */
export const KERNEL_ENTRY = 4;

/** Ours: packets of one call. */
export const KERNEL_BATCH = 64;

/** Ours: key changes before one packet: MAX_LOST, and the packet itself. */
export const MAX_CHANGES = 0x10000;

/**
 * The kernel in TypeScript: what the addon's must equal, and what runs where that is off. Each has memory of
 * its own, and allocates nothing in a call.
 */
export function typescriptKernel(): MppeKernel {
  const keys: Readonly<Record<MppeStrength, SessionKey>> = {
    40: new SessionKey(new Uint8Array(8), 40),
    56: new SessionKey(new Uint8Array(8), 56),
    128: new SessionKey(new Uint8Array(16), 128),
  };
  const cipher = new Rc4(keys[128].octets);

  return (records, bytes, entries, count) => {
    check(records, bytes, entries, count);
    for (let at = 0; at < KERNEL_ENTRY * count; at += KERNEL_ENTRY) {
      const index = entries[at]!;
      const from = entries[at + 2]!;
      const record = KEY_RECORD * index;
      const key = keys[strengthOf(records, index)!];
      key.resume(records, record, record + SESSION_KEY_AT);
      for (let changes = entries[at + 1]!; changes > 0; changes--) key.change();
      for (let i = 0; i < key.octets.length; i++) records[record + SESSION_KEY_AT + i] = key.octets[i]!;
      cipher.setKey(key.octets);
      cipher.apply(bytes, from, from + entries[at + 3]!);
    }
  };
}

function check(records: Uint8Array, bytes: Uint8Array, entries: Uint32Array, count: number): void {
  if (!(records instanceof Uint8Array)) throw new TypeError("records must be a Uint8Array");
  if (!(bytes instanceof Uint8Array)) throw new TypeError("bytes must be a Uint8Array");
  if (!(entries instanceof Uint32Array)) throw new TypeError("entries must be a Uint32Array");
  if (!Number.isInteger(count) || count < 0 || count > KERNEL_BATCH) {
    throw new TypeError(`count must be an integer from 0 to ${KERNEL_BATCH}`);
  }
  if (entries.length < KERNEL_ENTRY * count) {
    throw new TypeError("entries is shorter than the number of packets");
  }
  for (let at = 0; at < KERNEL_ENTRY * count; at += KERNEL_ENTRY) {
    const changes = entries[at + 1]!;
    if (KEY_RECORD * (entries[at]! + 1) > records.length) {
      throw new TypeError("a packet's record lies outside records");
    }
    if (changes < 1 || changes > MAX_CHANGES) {
      throw new TypeError(`a packet takes 1 to ${MAX_CHANGES} key changes`);
    }
    if (entries[at + 2]! + entries[at + 3]! > bytes.length) {
      throw new TypeError("a packet lies outside bytes");
    }
    if (strengthOf(records, entries[at]!) === undefined) {
      throw new TypeError("a record holds no key of 40, 56 or 128 bits");
    }
  }
}
