import type { PacketKind } from "../captured.ts";
import { u16, u32, u32le } from "../files/octets.ts";
import { llc, ofEthertype } from "./ethertype.ts";
import type { NetworkSink } from "./network-sink.ts";
import { radiotap, wifi } from "./wifi.ts";

/** Reads one frame of an interface, and gives what it is to be counted as. */
export type LinkLayer = (bytes: Uint8Array, from: number, to: number, up: NetworkSink) => PacketKind;

/** How to read the frames of each link type (LINKTYPE_ values, as registered for pcap). */
const LINK_LAYERS: ReadonlyMap<number, LinkLayer> = new Map([
  [0, loopback], // NULL: BSD, macOS, Windows' Npcap
  [1, ethernet],
  [12, raw], // DLT_RAW, which some programs write as it is
  [14, raw], // the same of OpenBSD
  [101, raw],
  [105, wifi],
  [108, loopback], // LOOP: OpenBSD
  [113, cooked],
  [127, radiotap],
  [228, raw], // IPv4 only
  [229, raw], // IPv6 only
  [276, cooked2],
]);

/** Undefined: of these nothing is known. */
export const linkLayerOf = (linkType: number): LinkLayer | undefined => LINK_LAYERS.get(linkType);

const ETHERNET_HEADER = 14;

function ethernet(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + ETHERNET_HEADER > to) return "malformed";
  return ofEthertype(u16(bytes, from + 12), bytes, from + ETHERNET_HEADER, to, up);
}

function raw(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return up.ip(bytes, from, to, false);
}

const FAMILY = 4;
const INET = 2;

/** AF_INET6 in NetBSD and Linux's own, FreeBSD, macOS: 24, 28, 30; 10 in Linux. */
const INET6: ReadonlySet<number> = new Set([10, 24, 28, 30]);

/** An address family in the byte order of the host that captured, whichever that was. */
function loopback(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + FAMILY > to) return "malformed";
  const family = Math.min(u32(bytes, from), u32le(bytes, from));
  if (family !== INET && !INET6.has(family)) return "other-link";
  return up.ip(bytes, from + FAMILY, to, false);
}

/** In the protocol field of a cooked frame: ARPHRD types below, and what stands for 802.3 with LLC. */
const LLC = 0x0004;
const COOKED_HEADER = 16;
const COOKED2_HEADER = 20;

/** LINUX_SLL, what `tcpdump -i any` wrote: type, ARPHRD, address, protocol. */
function cooked(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + COOKED_HEADER > to) return "malformed";
  return ofCooked(u16(bytes, from + 14), bytes, from + COOKED_HEADER, to, up);
}

/** LINUX_SLL2, what it writes now: protocol, reserved, interface, ARPHRD, type, address. */
function cooked2(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + COOKED2_HEADER > to) return "malformed";
  return ofCooked(u16(bytes, from), bytes, from + COOKED2_HEADER, to, up);
}

/** Small protocol numbers are Linux's own here, and no lengths. */
const OWN_NUMBERS = 0x0600;

function ofCooked(
  protocol: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
): PacketKind {
  if (protocol === LLC) return llc(bytes, from, to, up, false);
  return protocol < OWN_NUMBERS ? "other-link" : ofEthertype(protocol, bytes, from, to, up);
}
