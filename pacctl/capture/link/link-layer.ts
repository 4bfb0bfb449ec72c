import type { PacketKind } from "../captured.ts";
import { u16, u16le, u32, u32le } from "../files/octets.ts";
import { ethernet, llc, ofEthertype } from "./ethertype.ts";
import { ETHERTYPE } from "./ethertypes.ts";
import { enc, ipnet, loopback, nflog, pflog } from "./host-headers.ts";
import type { NetworkSink } from "./network-sink.ts";
import { pppoe } from "./pppoe.ts";
import { erf, juniperEthernet, juniperFrameRelay, juniperSerial } from "./probe-headers.ts";
import { frameRelay, pppWithDirection, serial } from "./serial.ts";
import { radiotap, wifi } from "./wifi.ts";

/** Reads one frame of an interface, and gives what it is to be counted as. */
export type LinkLayer = (bytes: Uint8Array, from: number, to: number, up: NetworkSink) => PacketKind;

/** How to read the frames of each link type (LINKTYPE_ values, as registered for pcap). */
const LINK_LAYERS: ReadonlyMap<number, LinkLayer> = new Map<number, LinkLayer>([
  [0, loopback], // NULL: BSD, macOS, Windows' Npcap
  [1, ethernet],
  [6, tokenRing],
  [9, serial], // PPP
  [10, behind(13, ofLlc)], // FDDI: frame control and addresses
  [12, raw], // DLT_RAW, which some programs write as it is
  [14, raw], // the same of OpenBSD
  [50, serial], // PPP_HDLC
  [51, pppoe], // PPP_ETHER
  [100, ofLlc], // ATM_RFC1483
  [101, raw],
  [104, serial], // C_HDLC
  [105, wifi],
  [107, frameRelay],
  [108, loopback], // LOOP: OpenBSD
  [109, enc],
  [113, cooked],
  [117, pflog],
  [119, prism],
  [122, behind(16, ofLlc)], // IP_OVER_FC: addresses
  [127, radiotap],
  [138, behind(16, typed)], // APPLE_IP_OVER_IEEE1394: addresses
  [163, avs],
  [166, pppWithDirection], // PPP_PPPD
  [178, juniperEthernet],
  [179, juniperSerial],
  [180, juniperFrameRelay],
  [181, juniperSerial],
  [192, ppi],
  [197, erf],
  [204, pppWithDirection],
  [205, behind(1, serial)], // C_HDLC_WITH_DIR
  [206, behind(1, frameRelay)], // FRELAY_WITH_DIR
  [219, mpls],
  [226, ipnet],
  [228, raw], // IPv4 only
  [229, raw], // IPv6 only
  [239, nflog],
  [240, behind(4, ethernet)], // NETANALYZER
  [258, pktap],
  [274, behind(8, ethernet)], // ETHERNET_MPACKET: preamble
  [276, cooked2],
  [281, behind(16, typed)], // DSA_TAG_BRCM: a tag of the switch behind the addresses
  [282, behind(16, typed)], // DSA_TAG_DSA
]);

/** Undefined: of these nothing is known. */
export const linkLayerOf = (linkType: number): LinkLayer | undefined => LINK_LAYERS.get(linkType);

/** A header of so many octets says nothing that is needed. */
function behind(header: number, layer: LinkLayer): LinkLayer {
  return (bytes, from, to, up) => (from + header > to ? "malformed" : layer(bytes, from + header, to, up));
}

function raw(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return up.ip(bytes, from, to, false);
}

function ofLlc(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return llc(bytes, from, to, up, false);
}

/** Access and frame control, addresses; the first bit of the source says that a route follows. */
const RING_HEADER = 14;
const ROUTED = 0x80;
const ROUTE_LENGTH = 0x1f;

function tokenRing(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + RING_HEADER >= to) return "malformed";
  const at = from + RING_HEADER;
  const route = (bytes[from + 8]! & ROUTED) !== 0 ? bytes[at]! & ROUTE_LENGTH : 0;
  return llc(bytes, at + route, to, up, false);
}

function mpls(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return ofEthertype(ETHERTYPE.mpls, bytes, from, to, up);
}

/** An Ethertype comes first. */
function typed(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return from + 2 > to ? "malformed" : ofEthertype(u16(bytes, from), bytes, from + 2, to, up);
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

/** Before an 802.11 frame: AVS by its first word; else Prism, whose second word is its length. */
const AVS = 0x80211000;
const MESSAGE = 8;

function prism(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + MESSAGE > to) return "malformed";
  if ((u32(bytes, from) & ~0xff) >>> 0 === AVS) return avs(bytes, from, to, up);
  const length = Math.min(u32(bytes, from + 4), u32le(bytes, from + 4)); // in the byte order of the host
  return length < MESSAGE || from + length > to ? "malformed" : wifi(bytes, from + length, to, up);
}

function avs(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + MESSAGE > to) return "malformed";
  const length = u32(bytes, from + 4);
  return length < MESSAGE || from + length > to ? "malformed" : wifi(bytes, from + length, to, up);
}

/** Version, flags, length, link type of the frame behind. */
const PPI_HEADER = 8;

/** Per-Packet Information, least significant octet first. */
function ppi(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + PPI_HEADER > to) return "malformed";
  return within(u32le(bytes, from + 4), u16le(bytes, from + 2), PPI_HEADER, bytes, from, to, up);
}

/** Length, type of the record, link type of the frame behind; then interface, process and so on. */
const PKTAP_HEADER = 12;
const OF_A_PACKET = 1;

/** What macOS writes for `-i any` and with the names of processes, least significant octet first. */
function pktap(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + PKTAP_HEADER > to) return "malformed";
  if (u32le(bytes, from + 4) !== OF_A_PACKET) return "other-link";
  return within(u32le(bytes, from + 8), u32le(bytes, from), PKTAP_HEADER, bytes, from, to, up);
}

/** A header that says which link type follows it. One of these inside another is not written by anybody. */
function within(
  linkType: number,
  header: number,
  least: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
): PacketKind {
  if (header < least || from + header > to) return "malformed";
  const layer = LINK_LAYERS.get(linkType);
  if (layer === undefined || layer === ppi || layer === pktap)
    return up.unread("link-type", "unknown-link", linkType & 0xffff);
  return layer(bytes, from + header, to, up);
}
