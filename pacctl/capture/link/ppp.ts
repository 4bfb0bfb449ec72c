import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import type { NetworkSink } from "./network-sink.ts";

/** Address and control, where they are not left out (RFC 1662 §3.1, RFC 1661 §6.6). */
const ADDRESS_AND_CONTROL = 0xff03;

/** PPP protocols (IANA, PPP numbers). */
const IPV4 = 0x0021;
const IPV6 = 0x0057;
const MULTILINK = 0x003d;
const COMPRESSED_TCP: ReadonlySet<number> = new Set([0x002d, 0x002f]);
const COMPRESSED: ReadonlySet<number> = new Set([0x00fb, 0x00fd, 0x0053, 0x0055]);

/** Control protocols, and others that hold no packets of users. */
const FIRST_CONTROL = 0x4000;

/** A PPP packet: its protocol has one octet where that was compressed, which is then odd (RFC 1661 §6.5). */
export function ppp(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  let at = from;
  if (at + 2 <= to && u16(bytes, at) === ADDRESS_AND_CONTROL) at += 2;
  if (at >= to) return "malformed";
  const size = (bytes[at]! & 1) === 1 ? 1 : 2;
  if (at + size > to) return "malformed";
  const protocol = size === 1 ? bytes[at]! : u16(bytes, at);
  at += size;
  if (protocol === IPV4 || protocol === IPV6) return up.ip(bytes, at, to, damaged);
  if (protocol === MULTILINK) return up.unread("ppp-multilink", "other-link");
  if (COMPRESSED.has(protocol)) return up.unread("ppp-compressed", "other-link");
  if (COMPRESSED_TCP.has(protocol)) return up.unread("ppp-compressed-tcp", "other-link");
  return protocol >= FIRST_CONTROL ? "other-link" : up.unread("ppp-protocol", "other-link", protocol);
}
