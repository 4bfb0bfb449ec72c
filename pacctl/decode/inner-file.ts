import type { InnerPacket } from "./decode-types.ts";

/** pcap with nanoseconds, little-endian; version 2.4. */
const MAGIC = 0xa1b23c4d;
const VERSION_MAJOR = 2;
const VERSION_MINOR = 4;

/** LINKTYPE_RAW: a packet begins with its IP header, of either version. */
const LINKTYPE_RAW = 101;

/** Octets of a packet at most: what MPPE and PPP can carry is far less. */
const SNAPLEN = 262_144;

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const SECOND = 1_000_000_000n;

/** The beginning of a pcap file of inner packets. */
export function innerFileHead(): Uint8Array {
  const head = Buffer.alloc(FILE_HEADER);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt16LE(VERSION_MAJOR, 4);
  head.writeUInt16LE(VERSION_MINOR, 6);
  head.writeUInt32LE(SNAPLEN, 16);
  head.writeUInt32LE(LINKTYPE_RAW, 20);
  return head;
}

/**
 * A packet as it stands in that file; `startedAt`: the first packet of the capture, in nanoseconds of the
 * Unix epoch.
 */
export function innerRecord({ at, octets, length }: InnerPacket, startedAt: bigint): Uint8Array {
  const record = Buffer.alloc(RECORD_HEADER + octets.length);
  const time = startedAt + BigInt(Math.round(at));
  const moment = time < 0n ? 0n : time;
  record.writeUInt32LE(Number(BigInt.asUintN(32, moment / SECOND)), 0);
  record.writeUInt32LE(Number(moment % SECOND), 4);
  record.writeUInt32LE(octets.length, 8);
  record.writeUInt32LE(length, 12);
  record.set(octets, RECORD_HEADER);
  return record;
}
