import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import { ETHERTYPE, FRAMES_INSIDE, MAX_LENGTH, TAGS, WITHOUT_PACKETS } from "./ethertypes.ts";
import { behindLabels, CONTROL_WORD, endOfLabels, LABELLED_TYPE } from "./mpls.ts";
import type { NetworkSink } from "./network-sink.ts";
import { pppoe } from "./pppoe.ts";

/** Destination and source, then the Ethertype. */
const ADDRESSES = 12;
const ETHERNET_HEADER = 14;

/** An Ethernet frame, on a wire or inside something else. */
export function ethernet(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged = false,
): PacketKind {
  if (from + ETHERNET_HEADER > to) return "malformed";
  return ofEthertype(u16(bytes, from + ADDRESSES), bytes, from + ETHERNET_HEADER, to, up, damaged);
}

/**
 * What an Ethertype announces; `from` is the octet behind it. Tags, labels and frames inside frames end with
 * the frame, however many there are.
 */
export function ofEthertype(
  ethertype: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged = false,
): PacketKind {
  let type = ethertype;
  let at = from;
  while (type !== ETHERTYPE.ipv4 && type !== ETHERTYPE.ipv6) {
    const next = nextEthertype(type, bytes, at);
    if (next !== undefined) {
      if (next + 2 > to) return "malformed";
      type = u16(bytes, next);
      at = next + 2;
      continue;
    }
    if (type !== ETHERTYPE.mpls && type !== ETHERTYPE.mplsUpstream)
      return ofOther(type, bytes, at, to, up, damaged);
    const end = endOfLabels(bytes, at, to);
    if (end === undefined) return "malformed";
    const what = behindLabels(bytes, end, to);
    if (what === "channel") return "other-link";
    type = LABELLED_TYPE[what];
    at = what === "control-word" ? end + CONTROL_WORD : end;
  }
  return up.ip(bytes, at, to, damaged);
}

/** In the first octet of a MACsec tag (IEEE 802.1AE §9.5): an SCI is there; encrypted, or changed. */
const WITH_SCI = 0x20;
const HIDDEN = 0x0c;
const SECTAG = 6;
const SCI = 8;

/** Where the next Ethertype stands: behind a tag, or in a frame that is inside. */
function nextEthertype(type: number, bytes: Uint8Array, at: number): number | undefined {
  const tag = TAGS.get(type);
  if (tag !== undefined) return at + tag;
  const before = FRAMES_INSIDE.get(type);
  if (before !== undefined) return at + before + ADDRESSES;
  if (type !== ETHERTYPE.macsec || (bytes[at]! & HIDDEN) !== 0) return undefined;
  return at + SECTAG + ((bytes[at]! & WITH_SCI) !== 0 ? SCI : 0);
}

function ofOther(
  type: number,
  bytes: Uint8Array,
  at: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (type === ETHERTYPE.pppoeSession) return pppoe(bytes, at, to, up, damaged);
  if (type <= MAX_LENGTH) return llc(bytes, at, Math.min(to, at + type), up, damaged);
  if (type === ETHERTYPE.jumboLlc) return llc(bytes, at, to, up, damaged);
  if (type === ETHERTYPE.arp) return "arp";
  if (type === ETHERTYPE.macsec) return up.unread("macsec", "other-link");
  return WITHOUT_PACKETS.has(type) ? "other-link" : up.unread("ethertype", "other-link", type);
}

/** DSAP and SSAP of IP itself, and of SNAP; then UI (IEEE 802.2, RFC 1042). */
const IP_SAP = 0x0606;
const SNAP = 0xaaaa;
const UI = 0x03;
const LLC_HEADER = 3;
const SNAP_HEADER = 8;

/** Whose number follows: an Ethertype (RFC 1042, IEEE 802.1H), or a bridged frame's (RFC 2684 §5.2). */
const RFC_1042 = 0x000000;
const BRIDGE_TUNNEL = 0x0000f8;
const BRIDGED = 0x0080c2;

/** An Ethernet frame, with and without its frame check sequence, behind two octets of padding. */
const BRIDGED_ETHERNET: ReadonlySet<number> = new Set([1, 7]);
const BRIDGED_PADDING = 2;

/** Logical link control: IP is in it behind a SNAP header, or by a number of its own that few use. */
export function llc(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (from + LLC_HEADER > to || bytes[from + 2] !== UI) return "other-link";
  const sap = u16(bytes, from);
  if (sap === IP_SAP) return up.ip(bytes, from + LLC_HEADER, to, damaged);
  if (sap !== SNAP || from + SNAP_HEADER > to) return "other-link";
  const oui = (u16(bytes, from + 3) << 8) | bytes[from + 5]!;
  const type = u16(bytes, from + 6);
  const at = from + SNAP_HEADER;
  if (oui === BRIDGED && BRIDGED_ETHERNET.has(type))
    return ethernet(bytes, at + BRIDGED_PADDING, to, up, damaged);
  if ((oui !== RFC_1042 && oui !== BRIDGE_TUNNEL) || type <= MAX_LENGTH) return "other-link";
  return ofEthertype(type, bytes, at, to, up, damaged);
}
