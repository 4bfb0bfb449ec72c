import type { PacketKind } from "../captured.ts";
import { u16, u32 } from "../files/octets.ts";
import { ethernet } from "../link/ethertype.ts";
import { ETHERTYPE } from "../link/ethertypes.ts";
import type { NetworkSink } from "../link/network-sink.ts";
import type { Carrier } from "./carrier.ts";
import { typed } from "./carrier.ts";

/** First word of a GRE header (RFC 2784, RFC 2890): what is there besides, and the version. */
const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const VERSION = 0x0007;

const HEADER = 4;
const FIELD = 4;

/** Protocol types that are no Ethertypes: ERSPAN of Cisco, type II and type III. */
const ERSPAN = 0x88be;
const ERSPAN3 = 0x22eb;

/** Ethernet over IP of MikroTik: version 1 with a key of two halves, as PPTP has it, but another type. */
const EOIP = 0x20016400;
const EOIP_HEADER = 8;

/** Ethertypes that GRE is read for, beside frames of switches. PPTP's own (version 1, 880b) is none. */
const READ: ReadonlySet<number> = new Set([
  ETHERTYPE.ipv4,
  ETHERTYPE.ipv6,
  ETHERTYPE.ethernet,
  ETHERTYPE.mpls,
  ETHERTYPE.mplsUpstream,
  0x8100,
  0x88a8,
]);

/** Generic Routing Encapsulation, version 0, with IP, Ethernet, MPLS, or the mirror of a switch. */
export const gre: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to) return undefined;
  if (u32(bytes, from) === EOIP) return ethernet(bytes, from + EOIP_HEADER, to, up, damaged);
  const flags = u16(bytes, from);
  if ((flags & (VERSION | ROUTING)) !== 0) return undefined;
  const type = u16(bytes, from + 2);
  let at = from + HEADER;
  for (const flag of [CHECKSUM, KEY, SEQUENCE]) if ((flags & flag) !== 0) at += FIELD;
  if (type === ERSPAN || type === ERSPAN3) {
    return erspan(type, (flags & SEQUENCE) !== 0, bytes, at, to, up, damaged);
  }
  if (type === WCCP) {
    const start = at < to && bytes[at]! >>> 4 === 4 ? at : at + REDIRECT;
    return up.ip(bytes, start, to, damaged);
  }
  return READ.has(type) ? typed(type, bytes, at, to, up, damaged) : undefined;
};

/** Packets that a router of Cisco hands to a cache: from version 2 on behind a header of four octets. */
const WCCP = 0x883e;
const REDIRECT = 4;

/** Octets of the headers of ERSPAN, which draft-foschiano-erspan describes. Type I has none. */
const TYPE_2 = 8;
const TYPE_3 = 12;
const PLATFORM = 8;

/** In the last two octets of the header of type III: what kind of frame, and whether more follows. */
const FRAME_TYPE = 0x7c00;
const OF_IP = 2 << 10;
const WITH_PLATFORM = 0x0001;

/** A frame that a switch has mirrored. Type I is known by its GRE header, which has no sequence number. */
function erspan(
  type: number,
  numbered: boolean,
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (type === ERSPAN && !numbered) return ethernet(bytes, from, to, up, damaged);
  if (from >= to) return "malformed";
  if (type === ERSPAN && bytes[from]! >>> 4 !== 2) return ethernet(bytes, from + TYPE_2, to, up, damaged);
  if (from + TYPE_3 > to) return "malformed";
  const word = u16(bytes, from + TYPE_3 - 2);
  const at = from + TYPE_3 + ((word & WITH_PLATFORM) !== 0 ? PLATFORM : 0);
  return (word & FRAME_TYPE) === OF_IP ? up.ip(bytes, at, to, damaged) : ethernet(bytes, at, to, up, damaged);
}
