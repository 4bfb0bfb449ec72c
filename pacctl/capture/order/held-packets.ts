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

/** Ours: octets of a block, and packets, a power of two: as many as fit where packets are small. */
const OCTETS = MAX_PACKET;
const PACKETS = 2048;

/** The first block is smaller by this: most captures of a dial are. */
const SMALL = 4;

/** Some packets one behind the other: numbers in columns, since an object for each takes twice as much. */
class Block {
  readonly octets: Uint8Array;
  readonly to: Uint32Array;
  readonly original: Uint32Array;
  readonly interfaceId: Uint32Array;
  readonly at: Float64Array;
  readonly frame: Float64Array;
  readonly offset: Float64Array;
  count = 0;
  /** So many of them have been taken. */
  taken = 0;

  constructor(packets: number, octets: number) {
    this.octets = new Uint8Array(octets);
    this.to = new Uint32Array(packets);
    this.original = new Uint32Array(packets);
    this.interfaceId = new Uint32Array(packets);
    this.at = new Float64Array(packets);
    this.frame = new Float64Array(packets);
    this.offset = new Float64Array(packets);
  }

  #begin(index: number): number {
    return index === 0 ? 0 : this.to[index - 1]!;
  }

  hasRoom(length: number): boolean {
    return this.count < this.at.length && this.#begin(this.count) + length <= this.octets.length;
  }

  add({ bytes, from, to, original, interfaceId, at, frame, offset }: HeldPacket): void {
    const index = this.count;
    const begin = this.#begin(index);
    this.octets.set(bytes.subarray(from, to), begin);
    this.to[index] = begin + to - from;
    this.original[index] = original;
    this.interfaceId[index] = interfaceId;
    this.at[index] = at;
    this.frame[index] = frame;
    this.offset[index] = offset;
    this.count += 1;
  }

  packet(index: number): HeldPacket {
    return {
      bytes: this.octets,
      from: this.#begin(index),
      to: this.to[index]!,
      original: this.original[index]!,
      interfaceId: this.interfaceId[index]!,
      at: this.at[index]!,
      frame: this.frame[index]!,
      offset: this.offset[index]!,
    };
  }
}

/**
 * Packets of the beginning of a file, as many as may be held, so that they can be put in order. The memory of
 * those that were taken is used for others, or given back.
 */
export class HeldPackets {
  /** Undefined where all of a block was taken. */
  readonly #blocks: (Block | undefined)[] = [];
  /** One that was taken. More are left to be collected: fewer packets come than are taken. */
  #free: Block | undefined;
  #count = 0;
  #octets = 0;
  /** Places of packets, block times PACKETS and index in it, in the order in which they are taken. */
  #sorted = new Uint32Array(0);
  #nextSorted = 0;
  /** Behind those that were sorted: the next place. */
  #next = 0;

  /** How many wait. */
  get count(): number {
    return this.#count;
  }

  /** False: there is no more room. Of a small file everything has. */
  add(packet: HeldPacket): boolean {
    const length = packet.to - packet.from;
    if (this.#count >= HELD_PACKETS || this.#octets + length > HELD_OCTETS) return false;
    this.append(packet);
    return true;
  }

  /** Behind all others, whether there is room or not: for as many as are taken. */
  append(packet: HeldPacket): void {
    const length = packet.to - packet.from;
    let block = this.#blocks.at(-1);
    if (block?.hasRoom(length) !== true) {
      block = this.#newBlock(length);
      this.#blocks.push(block);
    }
    block.add(packet);
    this.#count += 1;
    this.#octets += length;
  }

  /** All, in the order of the file; before any is taken. */
  *[Symbol.iterator](): Generator<HeldPacket> {
    for (const block of this.#blocks)
      for (let i = 0; block !== undefined && i < block.count; i += 1) yield block.packet(i);
  }

  /** Their times are earlier by this; before any is taken. */
  advance(by: (packet: HeldPacket) => number): void {
    for (const block of this.#blocks)
      for (let i = 0; block !== undefined && i < block.count; i += 1) block.at[i]! -= by(block.packet(i));
  }

  /**
   * Puts those that are held in the order of their times; before any is taken. How many stand in the file
   * before one that they follow now?
   */
  sort(): number {
    const at = (place: number) => this.#blocks[Math.floor(place / PACKETS)]!.at[place % PACKETS]!;
    const places = this.#blocks.flatMap((block, i) =>
      Array.from({ length: block?.count ?? 0 }, (_, index) => i * PACKETS + index),
    );
    // A place is lower where the packet stands before in the file.
    this.#sorted = Uint32Array.from(places).sort((a, b) => at(a) - at(b) || a - b);
    this.#next = this.#blocks.length * PACKETS;
    const last = this.#blocks.at(-1);
    if (last !== undefined) this.#next += last.count - PACKETS;
    let highest = 0;
    let displaced = 0;
    for (const place of this.#sorted) {
      if (place < highest) displaced += 1;
      highest = Math.max(highest, place);
    }
    return displaced;
  }

  /** The next one, whose octets stand until another is added; undefined: there is none. */
  take(): HeldPacket | undefined {
    if (this.#count === 0) return undefined;
    const place = this.#nextPlace();
    const number = Math.floor(place / PACKETS);
    const block = this.#blocks[number]!;
    const packet = block.packet(place % PACKETS);
    this.#count -= 1;
    this.#octets -= packet.to - packet.from;
    block.taken += 1;
    if (block.taken === block.count && number < this.#blocks.length - 1) {
      this.#blocks[number] = undefined;
      this.#free = block;
    }
    return packet;
  }

  #nextPlace(): number {
    if (this.#nextSorted < this.#sorted.length) return this.#sorted[this.#nextSorted++]!;
    const number = Math.floor(this.#next / PACKETS);
    // A block whose octets are full has fewer packets than places.
    if (this.#next % PACKETS >= (this.#blocks[number]?.count ?? 0)) this.#next = (number + 1) * PACKETS;
    return this.#next++;
  }

  #newBlock(length: number): Block {
    const old = this.#free;
    if (old !== undefined && old.octets.length >= length) {
      this.#free = undefined;
      old.count = 0;
      old.taken = 0;
      return old;
    }
    const by = this.#blocks.length === 0 ? SMALL : 1;
    return new Block(PACKETS / by, Math.max(length, OCTETS / by));
  }
}
