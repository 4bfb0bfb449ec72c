import { ipv4 } from "../wire/ipv4.ts";
import { DROP_REASONS, type DropReason, type TunnelCounters } from "./data-plane.ts";

/**
 * Counters in memory that a packet loop writes and the main thread reads, without a message. Only one thread
 * writes a place at a time, every place is an aligned Float64, and a machine of 64 bits stores one whole: a
 * reader sees the old or the new value.
 */
export interface CounterMemory {
  /** The same for all loops: a slot is written by the loop that has its tunnel. */
  readonly tunnels: SharedArrayBuffer;
  /** This loop's own. */
  readonly drops: SharedArrayBuffer;
}

/** Places of a tunnel. Eight, so that one tunnel is one cache line. */
const RX_PACKETS = 0;
const RX_BYTES = 1;
const TX_PACKETS = 2;
const TX_BYTES = 3;
const DROPS = 4;
const LAST_ACTIVITY = 5;
const HEARD = 6;
/** The address, and above its 32 bits how many packets. */
const ELSEWHERE = 7;
const STRIDE = 8;

const ADDRESSES = 2 ** 32;

/**
 * Ours: packets from elsewhere are counted so far and no further, to stay within what a Float64 holds
 * exactly.
 */
const MAX_ELSEWHERE = 1_000_000;

const INDEX = Object.fromEntries(DROP_REASONS.map((reason, index) => [reason, index])) as Record<
  DropReason,
  number
>;

export const NO_COUNTERS: TunnelCounters = {
  rxPackets: 0,
  rxBytes: 0,
  txPackets: 0,
  txBytes: 0,
  drops: 0,
  lastActivity: 0,
  heard: false,
  elsewhere: undefined,
};

/** Memory for `slots` tunnels, all zero. The system provides its pages only when they are written. */
export const counterMemory = (slots: number): CounterMemory => ({
  tunnels: new SharedArrayBuffer(slots * STRIDE * Float64Array.BYTES_PER_ELEMENT),
  drops: dropMemory(),
});

/** The memory of each of so many loops, for the same tunnels. */
export function counterMemories(slots: number, loops: number): readonly CounterMemory[] {
  const { tunnels } = counterMemory(slots);
  return Array.from({ length: loops }, () => ({ tunnels, drops: dropMemory() }));
}

const dropMemory = () => new SharedArrayBuffer(DROP_REASONS.length * Float64Array.BYTES_PER_ELEMENT);

declare const ofCounters: unique symbol;

/** A tunnel's place in the counters, from 0 on: which tunnel has it is the main thread's to say. */
export type Slot = number & { readonly [ofCounters]: true };

/** `n` as a place in the counters. */
export const toSlot = (n: number): Slot => n as Slot;

/** The side of the packet loop. */
export class CounterWriter {
  readonly #tunnels: Float64Array;
  readonly #drops: Float64Array;

  constructor(memory: CounterMemory) {
    this.#tunnels = new Float64Array(memory.tunnels);
    this.#drops = new Float64Array(memory.drops);
  }

  /** An inner packet of `octets` came from the client. */
  received(slot: Slot, octets: number): void {
    const base = slot * STRIDE;
    this.#tunnels[base + RX_PACKETS]! += 1;
    this.#tunnels[base + RX_BYTES]! += octets;
  }

  /** An inner packet of `octets` went to the client. */
  sent(slot: Slot, octets: number): void {
    const base = slot * STRIDE;
    this.#tunnels[base + TX_PACKETS]! += 1;
    this.#tunnels[base + TX_BYTES]! += octets;
  }

  /** One of these was activity on the link (`link-activity.ts`), at `at`, milliseconds of the Unix epoch. */
  active(slot: Slot, at: number): void {
    this.#tunnels[slot * STRIDE + LAST_ACTIVITY] = at;
  }

  /** A GRE packet of the tunnel has come from its peer; called once. */
  heard(slot: Slot): void {
    this.#tunnels[slot * STRIDE + HEARD] = 1;
  }

  /**
   * A GRE packet with the tunnel's call ID came from this address, which is not its peer's; it is dropped.
   */
  fromElsewhere(slot: Slot, address: number): void {
    const at = slot * STRIDE + ELSEWHERE;
    const packets = Math.min(Math.floor(this.#tunnels[at]! / ADDRESSES) + 1, MAX_ELSEWHERE);
    this.#tunnels[at] = packets * ADDRESSES + (address >>> 0);
    this.dropped("gre-wrong-peer");
  }

  /** A packet of a known tunnel was dropped. Returns 0, the octets of it that go on. */
  droppedOf(slot: Slot, reason: DropReason): 0 {
    this.#tunnels[slot * STRIDE + DROPS]! += 1;
    this.#drops[INDEX[reason]]! += 1;
    return 0;
  }

  /**
   * `count` packets that belong to no tunnel, or to one that is not known, were dropped. Returns 0 likewise.
   */
  dropped(reason: DropReason, count = 1): 0 {
    this.#drops[INDEX[reason]]! += count;
    return 0;
  }

  /** These are counted elsewhere, and have come to `total`. */
  droppedSoFar(reason: DropReason, total: number): void {
    this.#drops[INDEX[reason]] = total;
  }
}

function elsewhere(place: number): TunnelCounters["elsewhere"] {
  if (place === 0) return undefined;
  return { address: ipv4(place % ADDRESSES), packets: Math.floor(place / ADDRESSES) };
}

/** The side of the main thread, for all loops together. */
export class CounterReader {
  readonly #tunnels: Float64Array;
  readonly #drops: readonly Float64Array[];

  /** Of each loop its memory; they share that of the tunnels. */
  constructor(memories: readonly CounterMemory[]) {
    this.#tunnels = new Float64Array(memories[0]!.tunnels);
    this.#drops = memories.map(({ drops }) => new Float64Array(drops));
  }

  read(slot: Slot): TunnelCounters {
    const base = slot * STRIDE;
    return {
      rxPackets: this.#tunnels[base + RX_PACKETS]!,
      rxBytes: this.#tunnels[base + RX_BYTES]!,
      txPackets: this.#tunnels[base + TX_PACKETS]!,
      txBytes: this.#tunnels[base + TX_BYTES]!,
      drops: this.#tunnels[base + DROPS]!,
      lastActivity: this.#tunnels[base + LAST_ACTIVITY]!,
      heard: this.#tunnels[base + HEARD] === 1,
      elsewhere: elsewhere(this.#tunnels[base + ELSEWHERE]!),
    };
  }

  /** Zeroes a slot for its next tunnel. Only while no loop has a tunnel there. */
  clear(slot: Slot): void {
    this.#tunnels.fill(0, slot * STRIDE, (slot + 1) * STRIDE);
  }

  drops(): Record<DropReason, number> {
    const sum = (index: number) => this.#drops.reduce((total, drops) => total + drops[index]!, 0);
    return Object.fromEntries(DROP_REASONS.map((reason, index) => [reason, sum(index)])) as Record<
      DropReason,
      number
    >;
  }
}
