import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { CWR, FIN, mend, PSH } from "./tcp-segment.ts";

/** Octets of struct virtio_net_hdr (virtio 1.2 §5.1.6, without num_buffers). */
export const VNET_HEADER = 10;

/**
 * What stands before a packet that comes from a TUN or goes there. Numbers as in memory of this machine:
 * little-endian.
 */
export interface VnetHeader {
  readonly flags: number;
  readonly gsoType: number;
  readonly headerLength: number;
  readonly gsoSize: number;
  readonly checksumStart: number;
  readonly checksumOffset: number;
}

export const NEEDS_CHECKSUM = 1;
export const GSO_TCPV4 = 1;
export const GSO_ECN = 0x80;
export const NO_VNET: VnetHeader = {
  flags: 0,
  gsoType: 0,
  headerLength: 0,
  gsoSize: 0,
  checksumStart: 0,
  checksumOffset: 0,
};

export function withVnet(header: VnetHeader, packet: Uint8Array): Uint8Array {
  const whole = concat(new Uint8Array(VNET_HEADER), packet);
  const view = new DataView(whole.buffer);
  view.setUint8(0, header.flags);
  view.setUint8(1, header.gsoType);
  view.setUint16(2, header.headerLength, true);
  view.setUint16(4, header.gsoSize, true);
  view.setUint16(6, header.checksumStart, true);
  view.setUint16(8, header.checksumOffset, true);
  return whole;
}

export function readVnet(octets: Uint8Array): VnetHeader {
  const view = new DataView(octets.buffer, octets.byteOffset);
  return {
    flags: view.getUint8(0),
    gsoType: view.getUint8(1),
    headerLength: view.getUint16(2, true),
    gsoSize: view.getUint16(4, true),
    checksumStart: view.getUint16(6, true),
    checksumOffset: view.getUint16(8, true),
  };
}

/**
 * The twin of native/segments.c: what a caller whose slots have `room` gets of what the kernel handed over.
 * Nothing where the header asks for the impossible.
 */
export function splitTwin(octets: Uint8Array, room: number): Uint8Array[] {
  const header = readVnet(octets);
  const packet = octets.slice(VNET_HEADER);
  if (header.gsoType === 0) return whole(header, packet).filter((one) => one.length <= room);
  const cut = segments(header, packet);
  const misfit = cut.findIndex((one) => one.length > room);
  return misfit < 0 ? cut : cut.slice(0, misfit);
}

function whole({ flags, checksumStart, checksumOffset }: VnetHeader, packet: Uint8Array): Uint8Array[] {
  if ((flags & NEEDS_CHECKSUM) === 0) return [packet];
  const at = checksumStart + checksumOffset;
  if (at + 2 > packet.length) return [];
  const sum = internetChecksum(packet, checksumStart, packet.length);
  new DataView(packet.buffer).setUint16(at, sum === 0 ? 0xffff : sum);
  return [packet];
}

function segments({ gsoType, gsoSize }: VnetHeader, packet: Uint8Array): Uint8Array[] {
  const ipv4 = (packet[0]! & 15) * 4;
  const header = ipv4 + (packet[ipv4 + 12]! >> 4) * 4;
  const usual = (gsoType & ~GSO_ECN) === GSO_TCPV4 && packet.length <= 0xffff && packet[0]! >> 4 === 4;
  if (!usual || packet[9] !== 6 || ipv4 < 20 || header < ipv4 + 20 || !(header < packet.length)) return [];
  if (gsoSize === 0) return [];
  const { length } = packet;
  const before = new DataView(packet.buffer);
  const cut: Uint8Array[] = [];
  for (let at = header; at < length; at += gsoSize) {
    const segment = concat(packet.subarray(0, header), packet.subarray(at, at + gsoSize));
    const view = new DataView(segment.buffer);
    view.setUint16(2, segment.length);
    view.setUint16(4, before.getUint16(4) + cut.length);
    view.setUint32(ipv4 + 4, before.getUint32(ipv4 + 4) + at - header);
    if (at + gsoSize < length) segment[ipv4 + 13]! &= ~(FIN | PSH);
    if (at > header) segment[ipv4 + 13]! &= ~CWR;
    mend(segment);
    cut.push(segment);
  }
  return cut;
}
