import { CUT } from "../../../server/wire/shown-field.ts";

/** `#25, 94 octets`: the coherency count and its bits (RFC 3078 §3.1). `length`: of the whole frame. */
export function encryptedText(frame: Uint8Array, at: number, length: number): string {
  if (length < at + 2) return `${length} octets, too short for MPPE`;
  if (frame.length < at + 2) return `count ${CUT}, ${length - at - 2} octets`;
  const header = (frame[at]! << 8) | frame[at + 1]!;
  const bits = [...BITS].filter(([, bit]) => (header & bit) !== 0).map(([name]) => name);
  return `count ${header & 0x0fff} (${bits.join(", ")}), ${length - at - 2} octets`;
}

const BITS: readonly (readonly [string, number])[] = [
  ["A flushed", 0x8000],
  ["B to front", 0x4000],
  ["C compressed", 0x2000],
  ["D encrypted", 0x1000],
];
