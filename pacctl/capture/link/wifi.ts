import type { PacketKind } from "../captured.ts";
import { u16, u16le, u32le } from "../files/octets.ts";
import { llc } from "./ethertype.ts";
import type { NetworkSink } from "./network-sink.ts";

/** First octet of Frame Control (IEEE 802.11 §9.2.4.1): version, type, subtype. */
const VERSION_MASK = 0x03;
const TYPE_MASK = 0x0c;
const DATA = 0x08;
const WITHOUT_DATA = 0x40;
const QOS = 0x80;

/** Second octet of Frame Control. */
const TO_DS = 0x01;
const FROM_DS = 0x02;
const MORE_FRAGMENTS = 0x04;
const PROTECTED = 0x40;
const ORDER = 0x80;

/** Frame Control, Duration, three addresses, Sequence Control; then what is not always there. */
const HEADER = 24;
const ADDRESS = 6;
const QOS_CONTROL = 2;
const HT_CONTROL = 4;

/** In Sequence Control, and in QoS Control. */
const FRAGMENT_MASK = 0x0f;
const AGGREGATED = 0x80;

/** Of each packet in an aggregate: two addresses and a length; then padding to four octets. */
const SUBFRAME_HEADER = 14;

/**
 * What radiotap says of a frame. `padded`: the octets behind the 802.11 header begin at a multiple of four.
 */
interface Reception {
  readonly padded: boolean;
  readonly damaged: boolean;
}

const PLAIN: Reception = { padded: false, damaged: false };

/** An 802.11 frame: packets are in data frames alone, and readable where the radio does not encrypt them. */
export function wifi(bytes: Uint8Array, from: number, to: number, up: NetworkSink, how = PLAIN): PacketKind {
  if (from + 2 > to) return "malformed";
  const first = bytes[from]!;
  const flags = bytes[from + 1]!;
  if ((first & VERSION_MASK) !== 0) return "malformed";
  if ((first & TYPE_MASK) !== DATA || (first & WITHOUT_DATA) !== 0) return "wifi-management";
  if ((flags & PROTECTED) !== 0) return up.unread("wifi-encrypted", "wifi-encrypted");
  let at = from + HEADER + ((flags & (TO_DS | FROM_DS)) === (TO_DS | FROM_DS) ? ADDRESS : 0);
  const qosAt = at;
  const qos = (first & QOS) !== 0;
  if (qos) at += QOS_CONTROL + ((flags & ORDER) !== 0 ? HT_CONTROL : 0);
  if (how.padded) at = from + ((at - from + 3) & ~3);
  if (at > to) return "malformed";
  if ((flags & MORE_FRAGMENTS) !== 0 || (bytes[from + 22]! & FRAGMENT_MASK) !== 0)
    return up.unread("wifi-fragments", "fragment");
  if (!qos || (bytes[qosAt]! & AGGREGATED) === 0) return llc(bytes, at, to, up, how.damaged);
  return aggregate(bytes, at, to, up, how);
}

/** Packets one behind the other (IEEE 802.11 §9.3.2.2). All but the last are counted here. */
function aggregate(bytes: Uint8Array, from: number, to: number, up: NetworkSink, how: Reception): PacketKind {
  let kind: PacketKind | undefined;
  for (let at = from; at + SUBFRAME_HEADER <= to; ) {
    if (kind !== undefined) up.count(kind);
    const start = at + SUBFRAME_HEADER;
    const length = u16(bytes, start - 2);
    kind = llc(bytes, start, Math.min(to, start + length), up, how.damaged);
    at += (SUBFRAME_HEADER + length + 3) & ~3;
  }
  return kind ?? "malformed";
}

/** Version, padding, length, first word of what is present (radiotap.org). */
const RADIOTAP = 8;
const MORE_PRESENT = 0x80000000;
const TSFT = 1 << 0;
const FLAGS = 1 << 1;
const TSFT_SIZE = 8;

/** Bits of the field Flags. */
const DATA_PADDED = 0x20;
const BAD_FCS = 0x40;

/** A radiotap header and the 802.11 frame behind it. */
export function radiotap(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + RADIOTAP > to) return "malformed";
  const start = from + u16le(bytes, from + 2);
  if (bytes[from] !== 0 || start < from + RADIOTAP || start > to) return "malformed";
  let at = from + RADIOTAP;
  for (let word = u32le(bytes, from + 4); (word & MORE_PRESENT) !== 0; at += 4) {
    if (at + 4 > start) return "malformed";
    word = u32le(bytes, at);
  }
  const present = u32le(bytes, from + 4);
  if ((present & TSFT) !== 0) at = from + ((at - from + 7) & ~7) + TSFT_SIZE;
  const flags = (present & FLAGS) !== 0 && at < start ? bytes[at]! : 0;
  return wifi(bytes, start, to, up, {
    padded: (flags & DATA_PADDED) !== 0,
    damaged: (flags & BAD_FCS) !== 0,
  });
}
