import { headerLength, innerLength, MIN_HEADER } from "../../../server/ip/inner-packet.ts";
import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { decodePacket } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";

/** What the octets of a packet from inside a tunnel say for themselves. MPPE has no check of its own. */
export type Proof =
  /** Its header fits together: of octets at random one in many millions does. */
  | "holds"
  /** It is nothing that a tunnel carries. */
  | "senseless"
  /** Of this protocol, nothing can be told by. */
  | "unprovable"
  /** The capture kept too few octets of it to tell. */
  | "cut";

/** Octets of a header (RFC 8200 §3). */
const IPV6_HEADER = 40;

/** Nobody sends from an address that begins so (RFC 4291 §2.7). */
const MULTICAST = 0xff;

/** Next Header of what hosts send: RFC 8200 §4 and the protocol numbers of IANA. */
const NEXT_HEADERS = new Set([0, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 59, 60, 89, 103, 112, 132, 135, 136]);

/** IPX (RFC 1552), whose header is 30 octets and whose checksum all ones, since nobody computes it. */
const IPX = 0x002b;
const IPX_HEADER = 30;

/**
 * TCP with its header compressed (RFC 1144): whole behind a slot in the place of its protocol, and in short.
 */
const VJ_UNCOMPRESSED = 0x002f;
const VJ_COMPRESSED = 0x002d;
const TCP = 6;

/** AppleTalk (RFC 1378) and NetBEUI (RFC 2097). */
const WITHOUT_CHECK = new Set([VJ_COMPRESSED, 0x0029, 0x003f]);

/** The control protocols that some encrypt as well, though RFC 3078 §3 leaves them in clear. */
const CONTROL = new Set<number>([PROTOCOL.ipcp, PROTOCOL.ipv6cp, PROTOCOL.lcp]);

/** The last code that a packet of these has: Time-Remaining (RFC 1570 §2). */
const LAST_CODE = 13;

/**
 * Judges the packet behind a protocol field. `captured`: so many of its octets are real, the rest is filled
 * up.
 */
export function proofOf(protocol: number, packet: Uint8Array, captured: number): Proof {
  switch (protocol) {
    case PROTOCOL.ip:
      return ipv4(packet, captured);
    case PROTOCOL.ipv6:
      return ipv6(packet, captured);
    case VJ_UNCOMPRESSED: {
      if (captured < MIN_HEADER) return "cut";
      const whole = packet.slice();
      whole[9] = TCP;
      return ipv4(whole, captured);
    }
    case IPX:
      return ipx(packet, captured);
    default:
      if (WITHOUT_CHECK.has(protocol)) return "unprovable";
      return CONTROL.has(protocol) ? control(packet, captured) : "senseless";
  }
}

/** The same of what a capture kept of a packet of `length` octets. */
export function proofOfBeginning(protocol: number, captured: Uint8Array, length: number): Proof {
  if (captured.length >= length) return proofOf(protocol, captured, length);
  const filled = new Uint8Array(length);
  filled.set(captured);
  return proofOf(protocol, filled, captured.length);
}

/** RFC 791 §3.1: version, header length, total length, and the checksum of the header. */
function ipv4(packet: Uint8Array, captured: number): Proof {
  if (packet.length < MIN_HEADER) return "senseless";
  if (captured < MIN_HEADER) return startsLike(packet, captured, 4);
  if (innerLength(packet, 0, packet.length) === 0) return "senseless";
  const header = headerLength(packet, 0);
  if (captured < header) return "cut";
  return internetChecksum(packet, 0, header) === 0 ? "holds" : "senseless";
}

/** RFC 8200 §3: version, payload length and Next Header; it has no checksum. */
function ipv6(packet: Uint8Array, captured: number): Proof {
  if (packet.length < IPV6_HEADER) return "senseless";
  if (captured < IPV6_HEADER) return startsLike(packet, captured, 6);
  const payload = (packet[4]! << 8) | packet[5]!;
  const [version, next, hops, source] = [packet[0]! >>> 4, packet[6]!, packet[7]!, packet[8]!];
  const fits = payload <= packet.length - IPV6_HEADER && NEXT_HEADERS.has(next);
  return version === 6 && fits && hops > 0 && source !== MULTICAST ? "holds" : "senseless";
}

/** RFC 1552 §2: Checksum ffff and the length of the whole. */
function ipx(packet: Uint8Array, captured: number): Proof {
  if (packet.length < IPX_HEADER) return "senseless";
  if (captured < 4) return "cut";
  const length = (packet[2]! << 8) | packet[3]!;
  const sound = packet[0] === 0xff && packet[1] === 0xff && length >= IPX_HEADER && length <= packet.length;
  return sound ? "holds" : "senseless";
}

/** RFC 1661 §5: Code, and a Length that fits. */
function control(packet: Uint8Array, captured: number): Proof {
  if (captured < 4) return "cut";
  const decoded = decodePacket(packet);
  return decoded.ok && decoded.value.code > 0 && decoded.value.code <= LAST_CODE ? "holds" : "senseless";
}

/** The header is not whole: a wrong version is wrong all the same. */
const startsLike = (packet: Uint8Array, captured: number, version: number): Proof =>
  captured > 0 && packet[0]! >>> 4 !== version ? "senseless" : "cut";
