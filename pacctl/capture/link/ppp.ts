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

/** Bits of a Multilink header: the first and the last fragment of a packet (RFC 1990 §3). */
const BEGIN_AND_END = 0xc0;

/** A Multilink header has four octets, or two where both ends wanted so. */
const MULTILINK_HEADERS = [4, 2] as const;

/** Where the IP packet begins that one fragment holds as a whole, as on a bundle of one link. */
function wholeFragment(bytes: Uint8Array, at: number, to: number): number | undefined {
  if (at >= to || (bytes[at]! & BEGIN_AND_END) !== BEGIN_AND_END) return undefined;
  for (const header of MULTILINK_HEADERS) {
    const start = at + header;
    if (start + 1 < to && isIp(bytes[start]!)) return start + 1;
    if (start + 2 < to && isIp(u16(bytes, start))) return start + 2;
  }
  return undefined;
}

const isIp = (protocol: number): boolean => protocol === IPV4 || protocol === IPV6;

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
  if (isIp(protocol)) return up.ip(bytes, at, to, damaged);
  if (protocol === MULTILINK) {
    const inside = wholeFragment(bytes, at, to);
    return inside === undefined
      ? up.unread("ppp-multilink", "other-link")
      : up.ip(bytes, inside, to, damaged);
  }
  if (COMPRESSED.has(protocol)) return up.unread("ppp-compressed", "other-link");
  if (COMPRESSED_TCP.has(protocol)) return up.unread("ppp-compressed-tcp", "other-link");
  return protocol >= FIRST_CONTROL ? "other-link" : up.unread("ppp-protocol", "other-link", protocol);
}
