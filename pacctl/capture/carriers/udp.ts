import { u16, u32 } from "../files/octets.ts";
import { ofEthertype } from "../link/ethertype.ts";
import { ETHERTYPE } from "../link/ethertypes.ts";
import type { Unread } from "../unread.ts";
import { type Carrier, frameBehind, ip } from "./carrier.ts";
import { geneve } from "./geneve.ts";
import { gtp } from "./gtp.ts";
import { l2tp } from "./l2tp.ts";
import { tzsp } from "./tzsp.ts";
import { vxlan, vxlanGpe } from "./vxlan.ts";

/** LISP (RFC 9301 §5): IP behind a header. */
const LISP_HEADER = 8;

const lisp: Carrier = (bytes, from, to, up, damaged) => ip(bytes, from + LISP_HEADER, to, up, damaged);

/** Teredo (RFC 4380 §5.1.1): IPv6, perhaps behind proofs and an origin, which begin with zeros. */
const ORIGIN = 0x0000;
const ORIGIN_HEADER = 8;
const PROOF = 0x0001;
const PROOF_HEADER = 13;

const teredo: Carrier = (bytes, from, to, up, damaged) => {
  let at = from;
  if (at + 4 <= to && u16(bytes, at) === PROOF) at += PROOF_HEADER + bytes[at + 2]! + bytes[at + 3]!;
  if (at + 2 <= to && u16(bytes, at) === ORIGIN) at += ORIGIN_HEADER;
  return at < to && bytes[at]! >>> 4 === 6 ? ip(bytes, at, to, up, damaged) : undefined;
};

/** RFC 7510. */
const mpls: Carrier = (bytes, from, to, up, damaged) =>
  ofEthertype(ETHERTYPE.mpls, bytes, from, to, up, damaged);

const notRead =
  (what: Unread): Carrier =>
  (_bytes, _from, _to, up) =>
    up.unread(what, "udp");

/** Keys and keep-alives of IPsec come the same way: four zeros first, or one octet alone (RFC 3948 §2). */
const espInUdp: Carrier = (bytes, from, to, up) =>
  from + 4 > to || u32(bytes, from) === 0 ? undefined : up.unread("esp", "udp");

/** What is carried at which UDP port. */
const BY_PORT: ReadonlyMap<number, Carrier> = new Map([
  [655, notRead("tinc")],
  [1194, notRead("openvpn")],
  [1701, l2tp],
  [2152, gtp],
  [3544, teredo],
  [4341, lisp],
  [4500, espInUdp],
  [4789, vxlan],
  [4790, vxlanGpe],
  [5247, notRead("capwap")],
  [6081, geneve],
  [6343, notRead("sflow")],
  [6635, mpls],
  [7932, frameBehind(12)], // the mirror of an HP switch
  [8472, vxlan], // the port of Linux before there was one
  [9993, notRead("zerotier")],
  [37_008, tzsp],
]);

const HEADER = 8;

/** A UDP packet: what is carried at its destination port, or else at its source port. */
export const udp: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to) return undefined;
  const carrier = BY_PORT.get(u16(bytes, from + 2)) ?? BY_PORT.get(u16(bytes, from));
  const start = from + HEADER;
  if (carrier === undefined) return isWireguard(bytes, start, to) ? up.unread("wireguard", "udp") : undefined;
  const length = u16(bytes, from + 4); // zero: segmentation is left to the network card
  return carrier(bytes, start, length < HEADER ? to : Math.min(to, from + length), up, damaged);
};

/** Could a datagram that begins so carry something? Octets at `from` and behind may be missing. */
export const mayCarry = (bytes: Uint8Array, from: number, to: number): boolean =>
  from + 4 > to || BY_PORT.has(u16(bytes, from)) || BY_PORT.has(u16(bytes, from + 2));

/** A data message of WireGuard: type 4 and zeros, then receiver, counter, and multiples of 16 octets. */
const WIREGUARD_DATA = 0x04000000;
const WIREGUARD_LEAST = 32;

/** It has no port of its own; beginning and length tell it. */
const isWireguard = (bytes: Uint8Array, from: number, to: number): boolean =>
  from + WIREGUARD_LEAST <= to && u32(bytes, from) === WIREGUARD_DATA && (to - from) % 16 === 0;
