import { headerLength, isFirstFragment, protocolOf, TCP } from "./inner-packet.ts";
import { adjustChecksum } from "./internet-checksum.ts";

const MIN_TCP_HEADER = 20;
const SYN = 0x02;

/** TCP options (RFC 9293 §3.1). */
const END = 0;
const NO_OPERATION = 1;
const MAXIMUM_SEGMENT_SIZE = 2;

/**
 * Lowers the MSS that a TCP SYN offers to `mss` octets, where it offers more. `at` is a sound IPv4 packet
 * that ends at `end`. Without it, "some web sites do not open": their path MTU discovery fails. An absent
 * option means 536 and is left.
 */
export function clampMss(bytes: Uint8Array, at: number, end: number, mss: number): void {
  if (protocolOf(bytes, at) !== TCP || !isFirstFragment(bytes, at)) return;
  const tcp = at + headerLength(bytes, at);
  if (end - tcp < MIN_TCP_HEADER || (bytes[tcp + 13]! & SYN) === 0) return;
  const optionsEnd = Math.min(end, tcp + (bytes[tcp + 12]! >>> 4) * 4);
  const value = findMss(bytes, tcp + MIN_TCP_HEADER, optionsEnd);
  if (value < 0) return;
  const offered = (bytes[value]! << 8) | bytes[value + 1]!;
  if (offered <= mss) return;
  bytes[value] = mss >>> 8;
  bytes[value + 1] = mss;
  adjust(bytes, tcp + 16, offered, mss, ((value - tcp) & 1) === 1);
}

/** Where the value of the MSS option stands; -1 where there is none. */
function findMss(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const kind = bytes[at]!;
    if (kind === END) return -1;
    if (kind === NO_OPERATION) {
      at += 1;
      continue;
    }
    const length = at + 1 < end ? bytes[at + 1]! : 0;
    if (length < 2 || at + length > end) return -1;
    if (kind === MAXIMUM_SEGMENT_SIZE) return length === 4 ? at + 2 : -1;
    at += length;
  }
  return -1;
}

/** A value at an odd offset lies across two words of the sum: its octets count swapped (RFC 1071 §2B). */
function adjust(bytes: Uint8Array, field: number, before: number, after: number, odd: boolean): void {
  const checksum = (bytes[field]! << 8) | bytes[field + 1]!;
  const adjusted = odd
    ? adjustChecksum(checksum, swap(before), swap(after))
    : adjustChecksum(checksum, before, after);
  bytes[field] = adjusted >>> 8;
  bytes[field + 1] = adjusted;
}

const swap = (word: number): number => ((word & 0xff) << 8) | (word >>> 8);
