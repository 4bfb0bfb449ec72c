import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { u16 } from "../files/octets.ts";
import { ETHERTYPE, isEthertype } from "./ethertypes.ts";

/** A label, its traffic class, and its time to live (RFC 3032 §2.1). */
const ENTRY = 4;
const BOTTOM_OF_STACK = 0x01;

/** Four octets before the frame of an Ethernet pseudowire, where both ends want them (RFC 4448 §4.6). */
export const CONTROL_WORD = 4;

/** What a label stack may stand before. */
export type Labelled = "ipv4" | "ipv6" | "ethernet" | "control-word" | "channel";

/** Where the label stack that begins at `from` ends; undefined where it does not. */
export function endOfLabels(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let at = from; at + ENTRY <= to; at += ENTRY) {
    if ((bytes[at + 2]! & BOTTOM_OF_STACK) !== 0) return at + ENTRY;
  }
  return undefined;
}

/**
 * What stands behind a label stack, which no label says: IP begins with its version, a control word with
 * zeros, a channel of the operators with 1 (RFC 4928 §3). An Ethernet frame without a control word begins
 * with any octets at all, such as the 4 of a MikroTik's address: it is taken for one where the others
 * contradict themselves and its Ethertype is known.
 */
export function behindLabels(bytes: Uint8Array, at: number, to: number): Labelled {
  const nibble = at < to ? bytes[at]! >>> 4 : 0;
  const frame = isFrame(bytes, at, to);
  if (nibble === 4) return frame && !isIpv4(bytes, at, to) ? "ethernet" : "ipv4";
  if (nibble === 6) return frame && !isIpv6(bytes, at, to) ? "ethernet" : "ipv6";
  if (frame && !isFrame(bytes, at + CONTROL_WORD, to)) return "ethernet";
  if (nibble === 0) return "control-word";
  return nibble === 1 && !frame ? "channel" : "ethernet";
}

const ETHERNET_HEADER = 14;
const V4_HEADER = 20;
const V6_HEADER = 40;

const isFrame = (bytes: Uint8Array, at: number, to: number): boolean =>
  at + ETHERNET_HEADER <= to && isEthertype(u16(bytes, at + 12), to - at - ETHERNET_HEADER);

/** Does its header hold together? A checksum of zero is left to the network card. */
function isIpv4(bytes: Uint8Array, at: number, to: number): boolean {
  const length = (bytes[at]! & 15) * 4;
  if (length < V4_HEADER || at + length > to) return false;
  return u16(bytes, at + 10) === 0 || internetChecksum(bytes, at, at + length) === 0;
}

/** The length of the payload is all that can be checked. */
const isIpv6 = (bytes: Uint8Array, at: number, to: number): boolean =>
  at + V6_HEADER <= to && u16(bytes, at + 4) + V6_HEADER >= to - at - ETHERNET_HEADER;

/** As the Ethertype that the frame would have without labels. */
export const LABELLED_TYPE = {
  ipv4: ETHERTYPE.ipv4,
  ipv6: ETHERTYPE.ipv6,
  ethernet: ETHERTYPE.ethernet,
  "control-word": ETHERTYPE.ethernet,
} as const;
