import { hex } from "../../../server/wire/bytes.ts";
import { ipv4 } from "../../../server/wire/ipv4.ts";
import { GSO_TCPV4, NEEDS_CHECKSUM, type VnetHeader } from "./segmentation.ts";
import { ACK, type TcpSegment, tcpSegment } from "./tcp-segment.ts";

/** A segment of 100 octets of a stream; its ID and sequence number are about to begin anew. */
export const SEGMENT: TcpSegment = {
  source: ipv4(0x0a4d000a),
  destination: ipv4(0xc0000250),
  sourcePort: 40000,
  destinationPort: 80,
  tos: 0,
  id: 0xfffe,
  dontFragment: false,
  ttl: 64,
  sequence: 0xfffffff0,
  acknowledgment: 7,
  flags: ACK,
  window: 500,
  ipv4Options: new Uint8Array(0),
  tcpOptions: new Uint8Array(12).fill(1),
  payload: new Uint8Array(100).fill(0x55),
};

export const segment = (changes: Partial<TcpSegment> = {}): Uint8Array =>
  tcpSegment({ ...SEGMENT, ...changes });

/** The i-th of segments that continue each other. */
export const nth = (i: number, changes: Partial<TcpSegment> = {}): Uint8Array =>
  segment({ id: SEGMENT.id + i, sequence: SEGMENT.sequence + 100 * i, ...changes });

/** What stands before several of them as one. */
export const gso = (changes: Partial<VnetHeader> = {}): VnetHeader => ({
  flags: NEEDS_CHECKSUM,
  gsoType: GSO_TCPV4,
  headerLength: 52,
  gsoSize: 100,
  checksumStart: 20,
  checksumOffset: 16,
  ...changes,
});

/** For comparisons whose message can be read. */
export const texts = (packets: readonly Uint8Array[]): string[] => packets.map(hex);
