import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { u16, u32 } from "../files/octets.ts";
import { type IpHeader, PROTOCOL } from "../ip/ip-header.ts";

/** Control bits (RFC 9293 §3.1). */
export const FLAG = { fin: 0x01, syn: 0x02, rst: 0x04, ack: 0x10 } as const;

export const TCP_HEADER = 20;

/** Place of the checksum in the header. */
export const CHECKSUM_AT = 16;

/** A TCP segment. One object is filled again and again; places are those of the bytes of its IpHeader. */
export class Segment {
  sourcePort = 0;
  destinationPort = 0;
  sequence = 0;
  acknowledgement = 0;
  /** Control bits, of which `FLAG` names those that say how a connection goes on. */
  flags = 0;
  /** Of the header with its options. */
  headerLength = 0;
  window = 0;
  /** What was captured of its octets. */
  payload = 0;
  end = 0;
  /** How many octets it carries. */
  length = 0;

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  get cut(): boolean {
    return this.end - this.payload < this.length;
  }
}

/** Octets up to and with the control bits: what is behind them, the window, is not needed. */
export const NEEDED = 14;

/** False: the header is cut off or contradicts itself. */
export function readSegment({ bytes, payload, end, length }: IpHeader, segment: Segment): boolean {
  if (end - payload < NEEDED || length < TCP_HEADER) return false;
  const header = (bytes[payload + 12]! >>> 4) * 4;
  if (header < TCP_HEADER || header > length) return false;
  segment.sourcePort = u16(bytes, payload);
  segment.destinationPort = u16(bytes, payload + 2);
  segment.sequence = u32(bytes, payload + 4);
  segment.acknowledgement = u32(bytes, payload + 8);
  segment.flags = u16(bytes, payload + 12) & 0x0fff;
  segment.headerLength = header;
  segment.window = u16(bytes, payload + 14);
  segment.payload = Math.min(end, payload + header);
  segment.end = end;
  segment.length = length - header;
  return true;
}

/**
 * Is the checksum of the segment wrong? Not where the capture cut it, and not where the sending host left the
 * checksum to its network card: then the field is zero, or holds the sum of the pseudo header alone, with the
 * length or without.
 */
export function isDamaged(header: IpHeader): boolean {
  if (header.cut) return false;
  const { bytes, payload, end, length } = header;
  const field = u16(bytes, payload + CHECKSUM_AT);
  if (field === 0) return false;
  const { addresses, addressLength } = header;
  const pseudo = ~internetChecksum(bytes, addresses, addresses + 2 * addressLength, PROTOCOL.tcp) & 0xffff;
  if (internetChecksum(bytes, payload, end, pseudo + length) === 0) return false;
  return field !== pseudo && field !== folded(pseudo + length);
}

const folded = (sum: number): number => (sum & 0xffff) + (sum >>> 16);
