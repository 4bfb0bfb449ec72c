import { headerLength, ICMP, isFirstFragment, MIN_HEADER, protocolOf, sourceOf } from "./inner-packet.ts";
import { internetChecksum } from "./internet-checksum.ts";

/** An error shall not exceed 576 octets (RFC 1812 §4.3.2.3): the room it needs, whatever it answers. */
export const MAX_ERROR = 576;

const ICMP_HEADER = 8;
const DESTINATION_UNREACHABLE = 3;
const FRAGMENTATION_NEEDED = 4;
const REDIRECT = 5;
const TIME_TO_LIVE = 64;

/** ICMP errors: Destination Unreachable, Source Quench, Redirect, Time Exceeded, Parameter Problem. */
const ERRORS: readonly number[] = [3, 4, 5, 11, 12];

/**
 * May the packet at `at`, which ends at `end`, be answered with an ICMP error? Not an error itself, not a
 * later fragment, and not one whose source is no single host (RFC 1812 §4.3.2.7).
 */
export function mayAnswer(bytes: Uint8Array, at: number, end: number): boolean {
  if (!isFirstFragment(bytes, at)) return false;
  const first = sourceOf(bytes, at) >>> 24;
  if (first === 0 || first === 127 || first >= 224) return false;
  if (protocolOf(bytes, at) !== ICMP) return true;
  return at + headerLength(bytes, at) < end && !isIcmpError(bytes, at, end);
}

/**
 * Is the ICMP packet at `at`, which ends at `end`, an error that answers another packet? Later fragments do
 * not say.
 */
export function isIcmpError(bytes: Uint8Array, at: number, end: number): boolean {
  const type = at + headerLength(bytes, at);
  return type < end && isFirstFragment(bytes, at) && ERRORS.includes(bytes[type]!);
}

/**
 * Is the packet at `at`, which ends at `end`, an ICMP Redirect (RFC 792)? The kernel sends them to clients
 * that reach each other, for as long as net.ipv4.conf.all.send_redirects is on, whatever the interface's own
 * switch says.
 */
export function isRedirect(bytes: Uint8Array, at: number, end: number): boolean {
  if (protocolOf(bytes, at) !== ICMP || !isFirstFragment(bytes, at)) return false;
  const type = at + headerLength(bytes, at);
  return type < end && bytes[type] === REDIRECT;
}

/**
 * Writes to `into` an ICMP Destination Unreachable, fragmentation needed (RFC 1191 §4), that tells the sender
 * of the packet `bytes[at..end)` that `mtu` octets fit. `source` is the address that it comes from. Returns
 * its octets.
 */
export function writeFragmentationNeeded(
  into: Uint8Array,
  bytes: Uint8Array,
  at: number,
  end: number,
  source: number,
  mtu: number,
): number {
  const quoted = Math.min(end - at, MAX_ERROR - MIN_HEADER - ICMP_HEADER);
  const total = MIN_HEADER + ICMP_HEADER + quoted;
  into.fill(0, 0, MIN_HEADER + ICMP_HEADER);
  into[0] = 0x45;
  into[2] = total >>> 8;
  into[3] = total;
  into[8] = TIME_TO_LIVE;
  into[9] = ICMP;
  put32(into, 12, source);
  put32(into, 16, sourceOf(bytes, at));
  put16(into, 10, internetChecksum(into, 0, MIN_HEADER));
  into[MIN_HEADER] = DESTINATION_UNREACHABLE;
  into[MIN_HEADER + 1] = FRAGMENTATION_NEEDED;
  put16(into, MIN_HEADER + 6, mtu);
  for (let i = 0; i < quoted; i += 1) into[MIN_HEADER + ICMP_HEADER + i] = bytes[at + i]!;
  put16(into, MIN_HEADER + 2, internetChecksum(into, MIN_HEADER, total));
  return total;
}

function put16(into: Uint8Array, at: number, value: number): void {
  into[at] = value >>> 8;
  into[at + 1] = value;
}

function put32(into: Uint8Array, at: number, value: number): void {
  put16(into, at, value >>> 16);
  put16(into, at + 2, value);
}
