/** A packet as tcpdump saw it. */
export interface CapturedPacket {
  /** Milliseconds of the Unix epoch, to the microsecond. */
  readonly at: number;
  /** Dotted quads. */
  readonly from: string;
  readonly to: string;
  /** 6 for TCP, 47 for GRE. */
  readonly protocol: number;
  /** What IPv4 carries, to the length that its header gives or the capture holds. */
  readonly payload: Buffer;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET_HEADER = 14;
const ETHERTYPE_IPV4 = 0x0800;

/**
 * Reads a file of Ethernet frames as tcpdump writes it on this machine (little-endian, microseconds). IPv4
 * only.
 */
export function readPcap(file: Uint8Array): CapturedPacket[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < FILE_HEADER) return [];
  if (bytes.readUInt32LE(0) !== 0xa1b2c3d4)
    throw new Error("not a little-endian pcap file with microseconds");
  if (bytes.readUInt32LE(20) !== 1) throw new Error("not Ethernet");
  const packets: CapturedPacket[] = [];
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= bytes.length) {
    const captured = bytes.readUInt32LE(at + 8);
    const frame = bytes.subarray(at + RECORD_HEADER, at + RECORD_HEADER + captured);
    if (frame.length < captured) break; // tcpdump is writing it just now
    const when = bytes.readUInt32LE(at) * 1000 + bytes.readUInt32LE(at + 4) / 1000;
    if (frame.readUInt16BE(12) === ETHERTYPE_IPV4) packets.push(ipv4(when, frame.subarray(ETHERNET_HEADER)));
    at += RECORD_HEADER + captured;
  }
  return packets;
}

function ipv4(at: number, packet: Buffer): CapturedPacket {
  const header = (packet[0]! & 0x0f) * 4;
  return {
    at,
    from: packet.subarray(12, 16).join("."),
    to: packet.subarray(16, 20).join("."),
    protocol: packet[9]!,
    payload: packet.subarray(header, packet.readUInt16BE(2)),
  };
}
