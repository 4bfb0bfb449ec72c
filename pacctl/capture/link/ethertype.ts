import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import type { NetworkSink } from "./network-sink.ts";
import { pppoe } from "./pppoe.ts";

/** Ethertypes (IEEE 802 Numbers). */
const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
const PPPOE_SESSION = 0x8864;

/** 802.1Q, 802.1ad, and what switches used for QinQ before that was written. */
const VLAN = 0x8100;
const SERVICE_VLAN = 0x88a8;
const OLD_SERVICE_VLANS: ReadonlySet<number> = new Set([0x9100, 0x9200, 0x9300]);

/** Tag control information and the next Ethertype. */
const TAG = 4;

/** Up to here the field is the length of an 802.3 frame. */
const MAX_LENGTH = 1500;

/**
 * What an Ethertype announces; `from` is the octet behind it. VLAN tags end with the frame, however many
 * there are.
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
  while (type === VLAN || type === SERVICE_VLAN || OLD_SERVICE_VLANS.has(type)) {
    if (at + TAG > to) return "malformed";
    type = u16(bytes, at + 2);
    at += TAG;
  }
  if (type === IPV4 || type === IPV6) return up.ip(bytes, at, to, damaged);
  if (type === PPPOE_SESSION) return pppoe(bytes, at, to, up, damaged);
  if (type <= MAX_LENGTH) return llc(bytes, at, Math.min(to, at + type), up, damaged);
  return type === ARP ? "arp" : "other-link";
}

/** DSAP and SSAP of SNAP, UI, and the OUI of an Ethertype (RFC 1042), or of a bridge tunnel (IEEE 802.1H). */
const SNAP = 0xaaaa;
const UI = 0x03;
const RFC_1042 = 0x000000;
const BRIDGE_TUNNEL = 0x0000f8;
const SNAP_HEADER = 8;

/** Logical link control (IEEE 802.2): IP is in it behind a SNAP header only. */
export function llc(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (from + SNAP_HEADER > to || u16(bytes, from) !== SNAP || bytes[from + 2] !== UI) {
    return "other-link";
  }
  const oui = (u16(bytes, from + 3) << 8) | bytes[from + 5]!;
  const type = u16(bytes, from + 6);
  if ((oui !== RFC_1042 && oui !== BRIDGE_TUNNEL) || type <= MAX_LENGTH) return "other-link";
  return ofEthertype(type, bytes, from + SNAP_HEADER, to, up, damaged);
}
