import type { Arrivals } from "../gre/arrivals.ts";
import type { RoundTrips } from "../gre/round-trips.ts";
import { ipv4 } from "../wire/ipv4.ts";
import { DROP_INDEX, FIRST_DROP, PLACE, STRIDE, TUNNEL_DROP_REASONS } from "./counter-places.ts";
import { DROP_REASONS, type DropReason, type LinkFigures, type TunnelCounters } from "./data-plane.ts";

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

const ADDRESSES = 2 ** 32;

/**
 * Ours: packets from elsewhere are counted so far and no further, to stay within what a Float64 holds
 * exactly.
 */
const MAX_ELSEWHERE = 1_000_000;

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

export const NO_LINK_FIGURES: LinkFigures = {
  arrived: 0,
  lost: 0,
  reordered: 0,
  late: 0,
  duplicates: 0,
  roundTrip: undefined,
  tested: 0,
  unacknowledged: 0,
  drops: [],
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
    this.#tunnels[base + PLACE.rxPackets]! += 1;
    this.#tunnels[base + PLACE.rxBytes]! += octets;
  }

  /** An inner packet of `octets` went to the client. */
  sent(slot: Slot, octets: number): void {
    const base = slot * STRIDE;
    this.#tunnels[base + PLACE.txPackets]! += 1;
    this.#tunnels[base + PLACE.txBytes]! += octets;
  }

  /** One of these was activity on the link (`link-activity.ts`), at `at`, milliseconds of the Unix epoch. */
  active(slot: Slot, at: number): void {
    this.#tunnels[slot * STRIDE + PLACE.lastActivity] = at;
  }

  /** A GRE packet of the tunnel has come from its peer; called once. */
  heard(slot: Slot): void {
    this.#tunnels[slot * STRIDE + PLACE.heard] = 1;
  }

  /** What the sequence numbers of the peer have told so far. */
  arrivals(slot: Slot, { packets, lost, reordered, late, duplicates }: Arrivals): void {
    const base = slot * STRIDE;
    this.#tunnels[base + PLACE.arrived] = packets;
    this.#tunnels[base + PLACE.lost] = lost;
    this.#tunnels[base + PLACE.reordered] = reordered;
    this.#tunnels[base + PLACE.late] = late;
    this.#tunnels[base + PLACE.duplicates] = duplicates;
  }

  /** What its acknowledgements have; `at`: when the last round trip was taken, 0 where it is an older one. */
  roundTrips(slot: Slot, { smoothed, least, samples, tested, unacknowledged }: RoundTrips, at: number): void {
    const base = slot * STRIDE;
    this.#tunnels[base + PLACE.roundTrip] = smoothed;
    this.#tunnels[base + PLACE.leastRoundTrip] = least;
    this.#tunnels[base + PLACE.roundTrips] = samples;
    this.#tunnels[base + PLACE.tested] = tested;
    this.#tunnels[base + PLACE.unacknowledged] = unacknowledged;
    if (at > 0) this.#tunnels[base + PLACE.roundTripAt] = at;
  }

  /**
   * A GRE packet with the tunnel's call ID came from this address, which is not its peer's; it is dropped.
   */
  fromElsewhere(slot: Slot, address: number): void {
    const at = slot * STRIDE + PLACE.elsewhere;
    const packets = Math.min(Math.floor(this.#tunnels[at]! / ADDRESSES) + 1, MAX_ELSEWHERE);
    this.#tunnels[at] = packets * ADDRESSES + (address >>> 0);
    this.dropped("gre-wrong-peer");
  }

  /** A packet of a known tunnel was dropped. Returns 0, the octets of it that go on. */
  droppedOf(slot: Slot, reason: DropReason): 0 {
    const index = DROP_INDEX[reason];
    const base = slot * STRIDE;
    this.#tunnels[base + PLACE.drops]! += 1;
    this.#tunnels[base + FIRST_DROP + index]! += 1;
    this.#drops[index]! += 1;
    return 0;
  }

  /**
   * `count` packets that belong to no tunnel, or to one that is not known, were dropped. Returns 0 likewise.
   */
  dropped(reason: DropReason, count = 1): 0 {
    this.#drops[DROP_INDEX[reason]]! += count;
    return 0;
  }

  /** These are counted elsewhere, and have come to `total`. */
  droppedSoFar(reason: DropReason, total: number): void {
    this.#drops[DROP_INDEX[reason]] = total;
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
      rxPackets: this.#tunnels[base + PLACE.rxPackets]!,
      rxBytes: this.#tunnels[base + PLACE.rxBytes]!,
      txPackets: this.#tunnels[base + PLACE.txPackets]!,
      txBytes: this.#tunnels[base + PLACE.txBytes]!,
      drops: this.#tunnels[base + PLACE.drops]!,
      lastActivity: this.#tunnels[base + PLACE.lastActivity]!,
      heard: this.#tunnels[base + PLACE.heard] === 1,
      elsewhere: elsewhere(this.#tunnels[base + PLACE.elsewhere]!),
    };
  }

  /** What is known of the way to and from the peer of a tunnel. */
  link(slot: Slot): LinkFigures {
    const place = (at: number) => this.#tunnels[slot * STRIDE + at]!;
    const samples = place(PLACE.roundTrips);
    return {
      arrived: place(PLACE.arrived),
      lost: place(PLACE.lost),
      reordered: place(PLACE.reordered),
      late: place(PLACE.late),
      duplicates: place(PLACE.duplicates),
      roundTrip:
        samples === 0
          ? undefined
          : {
              smoothed: place(PLACE.roundTrip),
              least: place(PLACE.leastRoundTrip),
              samples,
              at: place(PLACE.roundTripAt),
            },
      tested: place(PLACE.tested),
      unacknowledged: place(PLACE.unacknowledged),
      drops: TUNNEL_DROP_REASONS.flatMap((reason) => {
        const packets = place(FIRST_DROP + DROP_INDEX[reason]);
        return packets === 0 ? [] : [{ reason, packets }];
      }),
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
