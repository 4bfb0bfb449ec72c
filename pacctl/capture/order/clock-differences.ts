import { digest } from "../copies.ts";
import type { IpHeader } from "../ip/ip-header.ts";
import { CHECKSUM_AT, FLAG, type Segment } from "../tcp/segment.ts";

const TELLING = FLAG.syn | FLAG.fin | FLAG.rst;

/** Ours: so many packets on both of two interfaces say how far their clocks are apart. */
const ENOUGH = 5;

/** Ours: as many as say the same within so many nanoseconds, of all, make it sure. */
const SAME = 50e6;
const MOST = 0.8;

/** Ours: clocks that differ by less, in nanoseconds, do no harm. */
const HARMLESS = 100e6;

/**
 * Ours: so many of all packets that are counted here are there twice where two captures are one interface.
 */
const TWICE = 0.3;

/** Ours: packets and differences that are kept. */
const MAX_KEPT = 65_536;

/** By how much the times of packets are ahead, in nanoseconds. */
export interface Ahead {
  /** At most. */
  readonly most: number;
  of(packet: { readonly interfaceId: number; readonly frame: number }): number;
}

/**
 * Two captures that were merged, of hosts whose clocks differ: the same packets come twice, always the same
 * time apart. Where both have one interface in the file, as mergecap writes two of a kind, a packet is of the
 * later one where it is there the second time.
 */
export class ClockDifferences {
  /** Of the packet at hand. */
  interfaceId = 0;
  frame = 0;
  #packets = 0;
  readonly #first = new Map<string, { readonly interfaceId: number; readonly at: number }>();
  /** By both interfaces, the one that had the packet first before the other. */
  readonly #differences = new Map<string, number[]>();
  /** Packets that came on one interface twice, with the time between. */
  readonly #again = new Map<number, number>();

  tcp(header: IpHeader, segment: Segment, at: number): void {
    // Acknowledgements alone look alike.
    if (segment.length > 0 || (segment.flags & TELLING) !== 0)
      this.#see(header, at, header.payload + CHECKSUM_AT);
  }

  gre(header: IpHeader, at: number): void {
    this.#see(header, at, header.end);
  }

  /** Undefined: clocks agree, or one alone is in the file. */
  ahead(): Ahead | undefined {
    const interfaces = this.#interfacesAhead();
    if (interfaces.size > 0)
      return {
        most: Math.max(...[...interfaces.values()].map(Math.abs)),
        of: ({ interfaceId }) => interfaces.get(interfaceId) ?? 0,
      };
    const by = agreed([...this.#again.values()]);
    if (by === undefined || by < HARMLESS || this.#again.size < TWICE * this.#packets) return undefined;
    const isLater = (frame: number) => Math.abs((this.#again.get(frame) ?? 0) - by) <= SAME;
    return { most: by, of: ({ frame }) => (isLater(frame) ? by : 0) };
  }

  #interfacesAhead(): ReadonlyMap<number, number> {
    const ahead = new Map<number, number>();
    for (const [pair, differences] of this.#differences) {
      const [base, other] = pair.split(" ").map(Number) as [number, number];
      const difference = agreed(differences);
      if (difference !== undefined && !ahead.has(other))
        ahead.set(other, difference + (ahead.get(base) ?? 0));
    }
    for (const [id, by] of ahead) if (Math.abs(by) < HARMLESS) ahead.delete(id);
    return ahead;
  }

  #see(header: IpHeader, at: number, except: number): void {
    const { bytes, addresses, addressLength, payload, end, length, id } = header;
    let sum = digest(bytes, addresses, addresses + 2 * addressLength);
    sum = digest(bytes, payload, Math.min(except, end), sum);
    sum = digest(bytes, Math.min(except + 2, end), end, sum);
    const key = `${sum} ${length} ${id}`;
    const first = this.#first.get(key);
    this.#packets += 1;
    if (first === undefined) {
      if (this.#first.size < MAX_KEPT) this.#first.set(key, { interfaceId: this.interfaceId, at });
      return;
    }
    if (first.interfaceId === this.interfaceId) {
      if (this.#again.size < MAX_KEPT) this.#again.set(this.frame, at - first.at);
      return;
    }
    const pair = `${first.interfaceId} ${this.interfaceId}`;
    const differences = this.#differences.get(pair) ?? [];
    this.#differences.set(pair, differences);
    if (differences.length < MAX_KEPT) differences.push(at - first.at);
  }
}

/** The difference that most packets agree on. */
function agreed(differences: readonly number[]): number | undefined {
  if (differences.length < ENOUGH) return undefined;
  const median = differences.toSorted((a, b) => a - b)[differences.length >> 1]!;
  const same = differences.filter((one) => Math.abs(one - median) <= SAME);
  return same.length >= MOST * differences.length ? median : undefined;
}
