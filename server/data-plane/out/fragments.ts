import { headerLength, MIN_HEADER } from "../../ip/inner-packet.ts";
import { internetChecksum } from "../../ip/internet-checksum.ts";
import { PacketBatch } from "../../platform/packet-batch.ts";
import { BATCH, HEADROOM, PACKET_SLOT } from "../limits.ts";

const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

/** Options of an IPv4 header (RFC 791 §3.1). */
const END = 0;
const NO_OPERATION = 1;
const COPIED = 0x80;

/** Cuts inner packets that are larger than a client's MTU, as a router does (RFC 791 §3.2). */
export class Fragments {
  /** The fragments of the last `cut`, with HEADROOM octets free before each. */
  readonly batch = new PacketBatch(BATCH, PACKET_SLOT);

  /**
   * Cuts the sound IPv4 packet `bytes[at..end)`, which may be a fragment itself, into pieces of `mtu` octets
   * at most. Returns how many; 0 where they would be more than the batch holds.
   */
  cut(bytes: Uint8Array, at: number, end: number, mtu: number): number {
    const header = headerLength(bytes, at);
    const room = (mtu - header) & ~7;
    const count = room > 0 ? Math.ceil((end - at - header) / room) : 0;
    if (count > this.batch.capacity) return 0;
    for (let i = 0; i < count; i += 1) {
      const from = at + header + i * room;
      this.#piece(i, bytes.subarray(at, at + header), bytes.subarray(from, Math.min(from + room, end)), {
        offset: (i * room) / 8,
        last: i === count - 1,
      });
    }
    return count;
  }

  #piece(
    index: number,
    header: Uint8Array,
    data: Uint8Array,
    { offset, last }: { readonly offset: number; readonly last: boolean },
  ): void {
    const { bytes, slot, offsets, lengths } = this.batch;
    const at = index * slot + HEADROOM;
    const length = header.length + data.length;
    bytes.set(header, at);
    bytes.set(data, at + header.length);
    if (index > 0) blankOptions(bytes, at + MIN_HEADER, at + header.length);
    const flags = (header[6]! << 8) | header[7]!;
    const more = last ? flags & MORE_FRAGMENTS : MORE_FRAGMENTS;
    put16(bytes, at + 2, length);
    put16(bytes, at + 6, more | ((flags & FRAGMENT_OFFSET) + offset));
    put16(bytes, at + 10, 0);
    put16(bytes, at + 10, internetChecksum(bytes, at, at + header.length));
    offsets[index] = at;
    lengths[index] = length;
  }
}

/**
 * Only options with the copied flag stand in every fragment. The others make room in place: the header keeps
 * its length.
 */
function blankOptions(bytes: Uint8Array, from: number, end: number): void {
  for (let at = from; at < end && bytes[at] !== END; ) {
    const length = bytes[at] === NO_OPERATION ? 1 : Math.max(2, bytes[at + 1]!);
    if ((bytes[at]! & COPIED) === 0) bytes.fill(NO_OPERATION, at, Math.min(at + length, end));
    at += length;
  }
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}
