import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { Writer } from "../../../server/wire/writer.ts";

interface Ipv4Fields {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly protocol: number;
  readonly payload: Uint8Array;
  readonly dontFragment?: boolean;
  /** In units of eight octets. */
  readonly fragmentOffset?: number;
  /** Header options, a multiple of four octets. */
  readonly options?: Uint8Array;
}

/** An IPv4 packet with a true header checksum. */
export function ipv4Packet(fields: Ipv4Fields): Uint8Array {
  const options = fields.options ?? new Uint8Array(0);
  const header = 20 + options.length;
  const packet = new Writer()
    .u8(0x40 | (header / 4))
    .u8(0)
    .u16(header + fields.payload.length)
    .u16(0x1234)
    .u16((fields.dontFragment === true ? 0x4000 : 0) | (fields.fragmentOffset ?? 0))
    .u8(64)
    .u8(fields.protocol)
    .u16(0)
    .u32(fields.source)
    .u32(fields.destination)
    .octets(options)
    .octets(fields.payload)
    .bytes();
  put16(packet, 10, internetChecksum(packet, 0, header));
  return packet;
}

/** A UDP datagram of `length` octets of 0x55 inside IPv4, without a UDP checksum. */
export function udpPacket(
  fields: Pick<Ipv4Fields, "source" | "destination" | "dontFragment" | "fragmentOffset" | "options">,
  length: number,
): Uint8Array {
  const payload = new Writer()
    .u16(4000)
    .u16(5000)
    .u16(8 + length)
    .u16(0)
    .octets(new Uint8Array(length).fill(0x55))
    .bytes();
  return ipv4Packet({ ...fields, protocol: 17, payload });
}

/** A TCP segment with `options` (a multiple of four octets) and a true checksum, inside IPv4. */
export function tcpPacket(
  fields: Pick<Ipv4Fields, "source" | "destination" | "options" | "fragmentOffset">,
  flags: number,
  tcpOptions: Uint8Array,
): Uint8Array {
  const payload = new Writer()
    .u16(40000)
    .u16(80)
    .u32(0x01020304)
    .u32(0)
    .u8(((20 + tcpOptions.length) / 4) << 4)
    .u8(flags)
    .u16(64240)
    .u16(0)
    .u16(0)
    .octets(tcpOptions)
    .bytes();
  const packet = ipv4Packet({ ...fields, protocol: 6, payload });
  put16(packet, packet.length - payload.length + 16, tcpChecksum(packet));
  return packet;
}

/** The TCP checksum computed anew; 0 where the one in the packet is right already. */
export function tcpChecksum(packet: Uint8Array): number {
  const tcp = (packet[0]! & 15) * 4;
  let pseudo = 6 + packet.length - tcp;
  for (let at = 12; at < 20; at += 2) pseudo += (packet[at]! << 8) | packet[at + 1]!;
  return internetChecksum(packet, tcp, packet.length, pseudo);
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value & 0xff;
}
