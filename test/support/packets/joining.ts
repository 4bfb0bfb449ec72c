import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { concat, hex } from "../../../server/wire/bytes.ts";
import { GSO_TCPV4, NEEDS_CHECKSUM, NO_VNET, withVnet } from "./segmentation.ts";
import { ACK, isSound, PSH } from "./tcp-segment.ts";

/** Of a segment that may be joined to others. */
interface Joinable {
  readonly header: number;
  readonly payload: Uint8Array;
  readonly sequence: number;
  readonly id: number;
  readonly mayRepeatId: boolean;
  readonly pushed: boolean;
  /** All of the headers that must be the same. */
  readonly constant: string;
}

interface Join {
  readonly packets: { readonly octets: Uint8Array; readonly parts: Joinable | undefined }[];
  open: boolean;
}

/** The twin of native/coalesce.c: what a TUN hands to the kernel for the packets of one call. */
export function joinTwin(packets: readonly Uint8Array[]): Uint8Array[] {
  const joins: Join[] = [];
  for (const octets of packets) {
    const parts = joinable(octets);
    const join = joins.findLast((one) => one.open && isOfFlow(octets, parts, one.packets[0]!.octets));
    if (join !== undefined && parts !== undefined && follows(join, octets, parts)) {
      join.packets.push({ octets, parts });
      join.open = !parts.pushed && parts.payload.length === join.packets[0]!.parts!.payload.length;
      continue;
    }
    for (const one of joins) if (isOfFlow(octets, parts, one.packets[0]!.octets)) one.open = false;
    joins.push({ packets: [{ octets, parts }], open: parts !== undefined && !parts.pushed });
  }
  return joins.map(superPacket);
}

function joinable(octets: Uint8Array): Joinable | undefined {
  if (octets.length < 40 || octets[0] !== 0x45 || octets[9] !== 6) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const header = 20 + (octets[32]! >> 4) * 4;
  const flags = octets[33]!;
  if (view.getUint16(2) !== octets.length || (view.getUint16(6) & 0xbfff) !== 0) return undefined;
  if ((octets[32]! & 15) !== 0 || header < 40 || header >= octets.length) return undefined;
  if (flags !== ACK && flags !== (ACK | PSH)) return undefined;
  const constant = octets.slice(0, header);
  for (const [from, to] of [
    [2, 6], // length, ID
    [10, 12], // checksum
    [24, 28], // sequence
    [33, 34], // flags
    [36, 38], // checksum
  ] as const) {
    constant.fill(0, from, to);
  }
  return {
    header,
    payload: octets.subarray(header),
    sequence: view.getUint32(24),
    id: view.getUint16(4),
    mayRepeatId: (view.getUint16(6) & 0x4000) !== 0,
    pushed: (flags & PSH) !== 0,
    constant: hex(constant),
  };
}

/** Whether a packet that cannot be joined must not be overtaken by what would be joined to `first`. */
function isOfFlow(octets: Uint8Array, parts: Joinable | undefined, first: Uint8Array): boolean {
  if (octets.length < 20 || octets[0]! >> 4 !== 4 || octets[9] !== 6) return false;
  const isWhole = ((octets[6]! << 8) | octets[7]!) % 0x4000 === 0 && (octets[6]! & 0x80) === 0;
  const hasPorts = parts !== undefined || (octets[0] === 0x45 && octets.length >= 24 && isWhole);
  const end = hasPorts ? 24 : 20;
  return hex(octets.subarray(12, end)) === hex(first.subarray(12, end));
}

function follows({ packets }: Join, octets: Uint8Array, parts: Joinable): boolean {
  const first = packets[0]!.parts!;
  const last = packets.at(-1)!.parts!;
  const carried = packets.reduce((sum, packet) => sum + packet.parts!.payload.length, 0);
  const step = (parts.id - last.id) & 0xffff;
  const steps =
    packets.length > 1 ? [(packets[1]!.parts!.id - first.id) & 0xffff] : first.mayRepeatId ? [0, 1] : [1];
  return (
    parts.constant === first.constant &&
    parts.sequence === (first.sequence + carried) >>> 0 &&
    parts.payload.length <= first.payload.length &&
    first.header + carried + parts.payload.length <= 0xffff &&
    steps.includes(step) &&
    isSound(octets) &&
    isSound(packets[0]!.octets)
  );
}

function superPacket({ packets }: Join): Uint8Array {
  const first = packets[0]!;
  if (packets.length === 1) return withVnet(NO_VNET, first.octets);
  const { header, payload } = first.parts!;
  const whole = concat(
    first.octets.subarray(0, header),
    ...packets.map((packet) => packet.octets.subarray(packet.parts!.header)),
  );
  const view = new DataView(whole.buffer);
  view.setUint16(2, whole.length);
  view.setUint16(10, 0);
  view.setUint16(10, internetChecksum(whole, 0, 20));
  whole[33] = packets.at(-1)!.octets[33]!;
  // The pseudo-header alone, not complemented.
  let pseudo = 6 + whole.length - 20;
  for (let at = 12; at < 20; at += 2) pseudo += view.getUint16(at);
  view.setUint16(36, ~internetChecksum(whole, 0, 0, pseudo));
  return withVnet(
    {
      flags: NEEDS_CHECKSUM,
      gsoType: GSO_TCPV4,
      headerLength: header,
      gsoSize: payload.length,
      checksumStart: 20,
      checksumOffset: 16,
    },
    whole,
  );
}
