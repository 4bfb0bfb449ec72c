import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { Writer } from "../../../server/wire/writer.ts";
import { tcpChecksum } from "./ipv4.ts";

export const FIN = 0x01;
export const PSH = 0x08;
export const ACK = 0x10;
export const CWR = 0x80;

/** A TCP segment in IPv4, field by field; the lengths and checksums follow from the rest. */
export interface TcpSegment {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly tos: number;
  readonly id: number;
  readonly dontFragment: boolean;
  readonly ttl: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly window: number;
  /** Multiples of four octets. */
  readonly ipv4Options: Uint8Array;
  readonly tcpOptions: Uint8Array;
  readonly payload: Uint8Array;
}

export const tcpSegment = (fields: TcpSegment): Uint8Array => {
  const header = 20 + fields.ipv4Options.length;
  const tcp = 20 + fields.tcpOptions.length;
  const packet = new Writer()
    .u8(0x40 | (header / 4))
    .u8(fields.tos)
    .u16(header + tcp + fields.payload.length)
    .u16(fields.id & 0xffff)
    .u16(fields.dontFragment ? 0x4000 : 0)
    .u8(fields.ttl)
    .u8(6)
    .u16(0)
    .u32(fields.source)
    .u32(fields.destination)
    .octets(fields.ipv4Options)
    .u16(fields.sourcePort)
    .u16(fields.destinationPort)
    .u32(fields.sequence >>> 0)
    .u32(fields.acknowledgment)
    .u8((tcp / 4) << 4)
    .u8(fields.flags)
    .u16(fields.window)
    .u16(0)
    .u16(0)
    .octets(fields.tcpOptions)
    .octets(fields.payload)
    .bytes();
  mend(packet);
  return packet;
};

/** Computes both checksums of a TCP segment anew, in place. */
export function mend(packet: Uint8Array): void {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const header = (packet[0]! & 15) * 4;
  view.setUint16(10, 0);
  view.setUint16(10, internetChecksum(packet, 0, header));
  view.setUint16(header + 16, 0);
  view.setUint16(header + 16, tcpChecksum(packet));
}

/** Whether both checksums of a TCP segment are right. */
export const isSound = (packet: Uint8Array): boolean =>
  internetChecksum(packet, 0, (packet[0]! & 15) * 4) === 0 && tcpChecksum(packet) === 0;
