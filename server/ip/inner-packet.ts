/**
 * The IPv4 header of an inner packet (RFC 791 §3.1), read where it lies. Every function but `innerLength`
 * expects a packet that `innerLength` has found sound.
 */

/** Octets of a header without options. */
export const MIN_HEADER = 20;

export const TCP = 6;
export const ICMP = 1;

/** Bit 1 of the flags: the sender forbids fragments. */
const DONT_FRAGMENT = 0x4000;
const FRAGMENT_OFFSET = 0x1fff;

/** Octets of the IPv4 packet at `at`, its Total Length; 0 when there is no sound one in front of `end`. */
export function innerLength(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < MIN_HEADER || bytes[at]! >>> 4 !== 4) return 0;
  const header = headerLength(bytes, at);
  const total = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  return header < MIN_HEADER || total < header || total > end - at ? 0 : total;
}

export const headerLength = (bytes: Uint8Array, at: number): number => (bytes[at]! & 0x0f) * 4;

export const protocolOf = (bytes: Uint8Array, at: number): number => bytes[at + 9]!;

/**
 * Addresses as signed 32-bit numbers, to compare with `signed`: unlike an `Ipv4`, one never costs an
 * allocation.
 */
export const sourceOf = (bytes: Uint8Array, at: number): number => int32(bytes, at + 12);
export const destinationOf = (bytes: Uint8Array, at: number): number => int32(bytes, at + 16);

/** The same address, as `sourceOf` gives it. */
export const signed = (address: number): number => address | 0;

export const mayNotFragment = (bytes: Uint8Array, at: number): boolean =>
  (((bytes[at + 6]! << 8) | bytes[at + 7]!) & DONT_FRAGMENT) !== 0;

/** A whole packet or the first fragment: only these hold the header of TCP or ICMP. */
export const isFirstFragment = (bytes: Uint8Array, at: number): boolean =>
  (((bytes[at + 6]! << 8) | bytes[at + 7]!) & FRAGMENT_OFFSET) === 0;

function int32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
