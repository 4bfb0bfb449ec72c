import { HELD_OCTETS, HELD_PACKETS, MAX_PACKET } from "../limits.ts";

/** A packet of the file that waits. Its octets are the holder's. */
export interface HeldPacket {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Its length on the wire. */
  readonly original: number;
  readonly interfaceId: number;
  /** Nanoseconds after the first packet, as the file has it. */
  readonly at: number;
  readonly frame: number;
  /** Where in the file its record begins. */
  readonly offset: number;
}

const BLOCK = 4 * MAX_PACKET;

/** Packets of the beginning of a file, as many as may be held, so that they can be put in order. */
export class HeldPackets {
  readonly list: HeldPacket[] = [];
  #block = new Uint8Array(0);
  #used = 0;
  #octets = 0;

  /** False: there is no more room. Of a small file everything has. */
  add(packet: HeldPacket): boolean {
    const length = packet.to - packet.from;
    if (this.list.length >= HELD_PACKETS || this.#octets + length > HELD_OCTETS) return false;
    if (this.#used + length > this.#block.length) {
      // The first block is small: most captures of a dial are.
      this.#block = new Uint8Array(this.list.length === 0 ? Math.max(length, BLOCK / 16) : BLOCK);
      this.#used = 0;
    }
    const from = this.#used;
    this.#block.set(packet.bytes.subarray(packet.from, packet.to), from);
    this.#used += length;
    this.#octets += length;
    this.list.push({ ...packet, bytes: this.#block, from, to: from + length });
    return true;
  }
}
