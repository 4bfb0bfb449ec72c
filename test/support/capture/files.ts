import { concat } from "../../../server/wire/bytes.ts";
import { ascii } from "../bytes.ts";

export type Order = "big" | "little";

/** A field of a file: how many octets, which value. */
type Field = readonly [size: 2 | 4, value: number];

function fields(order: Order, ...list: readonly Field[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(list.reduce((sum, [size]) => sum + size, 0)));
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, order === "little");
    else view.setUint32(at, value, order === "little");
    at += size;
  }
  return new Uint8Array(view.buffer);
}

/** A packet of a capture. */
export interface FilePacket {
  /**
   * Nanoseconds of the Unix epoch; 1,700,000,000 s where not given, and a millisecond more with each packet.
   */
  readonly time?: bigint;
  readonly octets: Uint8Array;
  /** Its length on the wire, where the capture cut it. */
  readonly original?: number;
  /** pcapng: of the section. */
  readonly interfaceId?: number;
}

export const START = 1_700_000_000_000_000_000n;
const NANO = 1_000_000_000n;

const timeOf = ({ time }: FilePacket, index: number): bigint => time ?? START + BigInt(index) * 1_000_000n;

/** A pcap file. */
export function pcap(
  packets: readonly FilePacket[],
  { order = "little" as Order, nanoseconds = false, linkType = 1 } = {},
): Uint8Array {
  const records = packets.map((packet, index) => {
    const { octets, original = octets.length } = packet;
    const time = timeOf(packet, index);
    const fraction = Number(time % NANO) / (nanoseconds ? 1 : 1000);
    const header = fields(order, [4, Number(time / NANO)], [4, fraction], [4, octets.length], [4, original]);
    return concat(header, octets);
  });
  return concat(pcapHeader(order, nanoseconds, linkType), ...records);
}

export function pcapHeader(order: Order, nanoseconds: boolean, linkType: number): Uint8Array {
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  return fields(order, [4, magic], [2, 2], [2, 4], [4, 0], [4, 0], [4, 262_144], [4, linkType]);
}

const pad = (octets: Uint8Array): Uint8Array => concat(octets, new Uint8Array((4 - (octets.length % 4)) % 4));

/** A pcapng block: its lengths are made here. */
export function block(order: Order, type: number, body: Uint8Array): Uint8Array {
  const length = 12 + pad(body).length;
  return concat(fields(order, [4, type], [4, length]), pad(body), fields(order, [4, length]));
}

export const option = (order: Order, code: number, value: Uint8Array): Uint8Array =>
  concat(fields(order, [2, code], [2, value.length]), pad(value));

export const sectionHeader = (order: Order): Uint8Array =>
  block(order, 0x0a0d0d0a, fields(order, [4, 0x1a2b3c4d], [2, 1], [2, 0], [4, 0xffffffff], [4, 0xffffffff]));

export interface Description {
  readonly linkType?: number;
  readonly snapLength?: number;
  readonly name?: string;
  /** if_tsresol as it stands: 6, 9, 0x8a… */
  readonly resolution?: number;
  /** if_tsoffset in seconds. */
  readonly offset?: number;
}

export function interfaceDescription(order: Order, description: Description = {}): Uint8Array {
  const { linkType = 1, snapLength = 0, name, resolution, offset } = description;
  const options = [
    name === undefined ? [] : [option(order, 2, ascii(name))],
    resolution === undefined ? [] : [option(order, 9, Uint8Array.of(resolution))],
    offset === undefined ? [] : [option(order, 14, signed64(order, BigInt(offset)))],
  ].flat();
  if (options.length > 0) options.push(option(order, 0, new Uint8Array(0)));
  return block(order, 1, concat(fields(order, [2, linkType], [2, 0], [4, snapLength]), ...options));
}

function signed64(order: Order, value: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, value, order === "little");
  return new Uint8Array(view.buffer);
}

/** An Enhanced Packet Block. `ticks`: its time in units of its interface. */
export function enhancedPacket(
  order: Order,
  ticks: bigint,
  { octets, original = octets.length, interfaceId = 0 }: FilePacket,
): Uint8Array {
  const time: Field[] = [
    [4, Number(ticks >> 32n)],
    [4, Number(ticks & 0xffffffffn)],
  ];
  const lengths: Field[] = [
    [4, octets.length],
    [4, original],
  ];
  return block(order, 6, concat(fields(order, [4, interfaceId], ...time, ...lengths), pad(octets)));
}

export const simplePacket = (order: Order, octets: Uint8Array, original = octets.length): Uint8Array =>
  block(order, 3, concat(fields(order, [4, original]), octets));

/** The obsolete Packet Block. */
export const oldPacket = (order: Order, ticks: bigint, octets: Uint8Array): Uint8Array =>
  block(
    order,
    2,
    concat(
      fields(order, [2, 0], [2, 7], [4, Number(ticks >> 32n)], [4, Number(ticks & 0xffffffffn)]),
      fields(order, [4, octets.length], [4, octets.length]),
      octets,
    ),
  );

/** A pcapng file of one section and one interface, in microseconds. */
export const pcapng = (
  packets: readonly FilePacket[],
  { order = "little" as Order, linkType = 1 } = {},
): Uint8Array =>
  concat(
    sectionHeader(order),
    interfaceDescription(order, { linkType }),
    ...packets.map((packet, index) => enhancedPacket(order, timeOf(packet, index) / 1000n, packet)),
  );
