import type { PacketKind } from "../captured.ts";
import { ethernet, ofEthertype } from "../link/ethertype.ts";
import type { NetworkSink } from "../link/network-sink.ts";

/**
 * Reads what is carried behind an IP or UDP header: octets `from` up to, not including, `to`. `damaged`: they
 * were badly received. Undefined: it is none of this carrier's.
 */
export type Carrier = (
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
) => PacketKind | undefined;

/** IP itself: IPv4 in IPv4 (RFC 2003), 6in4 (RFC 4213), either in IPv6 (RFC 2473). */
export const ip: Carrier = (bytes, from, to, up, damaged) => up.ip(bytes, from, to, damaged);

/** What an Ethertype of a carrier's own header announces. Smaller numbers are no lengths here. */
export function typed(
  type: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (from > to) return "malformed";
  return type < FIRST_ETHERTYPE
    ? up.unread("ethertype", "other-ip", type)
    : ofEthertype(type, bytes, from, to, up, damaged);
}

const FIRST_ETHERTYPE = 0x0600;

/** An Ethernet frame behind so many octets. */
export const frameBehind =
  (header: number): Carrier =>
  (bytes, from, to, up, damaged) =>
    ethernet(bytes, from + header, to, up, damaged);
