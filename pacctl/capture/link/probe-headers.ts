import type { PacketKind } from "../captured.ts";
import { u16, u24 } from "../files/octets.ts";
import { ethernet } from "./ethertype.ts";
import type { NetworkSink } from "./network-sink.ts";
import { frameRelay, serial } from "./serial.ts";

type Layer = (bytes: Uint8Array, from: number, to: number, up: NetworkSink) => PacketKind;

/** Time, type, flags, length, losses and length on the wire; the type says whether extensions follow. */
const ERF_HEADER = 16;
const ERF_TYPE_AT = 8;
const EXTENSION = 8;
const MORE = 0x80;

/** Types of ERF: HDLC, Ethernet, and IP alone, each under several numbers. */
const ERF_HDLC: ReadonlySet<number> = new Set([1, 10, 15, 17]);
const ERF_ETHERNET: ReadonlySet<number> = new Set([2, 11, 16, 20]);
const ERF_IP: ReadonlySet<number> = new Set([22, 23]);

/** Before an Ethernet frame: where its record begins, and padding. */
const ETHERNET_OFFSET = 2;

/** ERF: the records of Endace's cards, in a capture of pcap. */
export function erf(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + ERF_HEADER > to) return "malformed";
  const type = bytes[from + ERF_TYPE_AT]! & ~MORE;
  let at = from + ERF_HEADER;
  for (let more = bytes[from + ERF_TYPE_AT]! & MORE; more !== 0; at += EXTENSION) {
    if (at + EXTENSION > to) return "malformed";
    more = bytes[at]! & MORE;
  }
  if (ERF_ETHERNET.has(type)) return ethernet(bytes, at + ETHERNET_OFFSET, to, up);
  if (ERF_HDLC.has(type)) return serial(bytes, at, to, up);
  return ERF_IP.has(type) ? up.ip(bytes, at, to, false) : up.unread("erf", "other-link", type);
}

/** "MGC", then flags: extensions follow with their length; the header of the network was taken off. */
const JUNIPER_MAGIC = 0x4d4743;
const JUNIPER_HEADER = 4;
const WITH_EXTENSIONS = 0x80;
const WITHOUT_NETWORK = 0x02;
const PROTOCOL = 4;

const juniper =
  (layer: Layer): Layer =>
  (bytes, from, to, up) => {
    if (from + JUNIPER_HEADER + 2 > to || u24(bytes, from) !== JUNIPER_MAGIC) return "malformed";
    const flags = bytes[from + JUNIPER_HEADER - 1]!;
    let at = from + JUNIPER_HEADER;
    if ((flags & WITH_EXTENSIONS) !== 0) at += 2 + u16(bytes, at);
    return (flags & WITHOUT_NETWORK) !== 0
      ? up.ip(bytes, at + PROTOCOL, to, false)
      : layer(bytes, at, to, up);
  };

/** What Juniper's routers write, by the network below. */
export const juniperEthernet = juniper(ethernet);
export const juniperSerial = juniper(serial);
export const juniperFrameRelay = juniper(frameRelay);
