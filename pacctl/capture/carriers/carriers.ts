import { PROTOCOL } from "../ip/ip-header.ts";
import { ethernet, ofEthertype } from "../link/ethertype.ts";
import { ETHERTYPE } from "../link/ethertypes.ts";
import type { Unread } from "../unread.ts";
import { type Carrier, frameBehind, ip } from "./carrier.ts";
import { gre } from "./gre.ts";
import { l2tpOverIp } from "./l2tp.ts";
import { udp } from "./udp.ts";

/** Version 3 and reserved bits (RFC 3378 §3). */
const ETHER_IP_HEADER = 2;

/** RFC 4023. */
const mpls: Carrier = (bytes, from, to, up, damaged) =>
  ofEthertype(ETHERTYPE.mpls, bytes, from, to, up, damaged);

const notRead =
  (what: Unread): Carrier =>
  (_bytes, _from, _to, up) =>
    up.unread(what, "other-ip");

/** What is carried by which IP protocol (IANA, Protocol Numbers). */
const BY_PROTOCOL: ReadonlyMap<number, Carrier> = new Map([
  [4, ip],
  [PROTOCOL.udp, udp],
  [41, ip],
  [PROTOCOL.gre, gre],
  [50, notRead("esp")],
  [94, ip], // IPIP as it was before RFC 2003
  [97, frameBehind(ETHER_IP_HEADER)],
  [108, notRead("ipcomp")],
  [115, l2tpOverIp],
  [137, mpls],
  [143, ethernet], // RFC 8986 §10.1
]);

/** Undefined: packets of this protocol carry nothing that is known here. */
export const carrierOf = (protocol: number): Carrier | undefined => BY_PROTOCOL.get(protocol);

/** Protocols that never hold packets of users, or what is inside them by another way. */
const WITHOUT_PACKETS: ReadonlySet<number> = new Set([
  1, // ICMP
  2, // IGMP
  3,
  8,
  9,
  46, // RSVP
  58, // ICMPv6
  59, // IPv6 without anything behind
  88, // EIGRP
  89, // OSPF
  103, // PIM
  112, // VRRP, CARP
  113,
  124, // IS-IS
  132, // SCTP
  136, // UDP-Lite
  139, // HIP
  140,
]);

/** May packets be in what is carried by this protocol, which is not read here? */
export const mayHide = (protocol: number): boolean => !WITHOUT_PACKETS.has(protocol);
