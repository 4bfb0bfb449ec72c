import type { AddressRange } from "../config/config-types.ts";
import { type Ipv4, ipv4 } from "../wire/ipv4.ts";

/**
 * The inner addresses that clients get. No two holders ever have one address. Addresses never used come first, then
 * those that were released longest ago, so that an address rests before somebody else gets it.
 */
export class AddressPool {
  readonly total: number;
  readonly #ranges: readonly AddressRange[];
  readonly #reserved: ReadonlySet<Ipv4>;
  readonly #held = new Set<Ipv4>();
  /** In order of release: a Set keeps the order of insertion. */
  readonly #released = new Set<Ipv4>();
  #heldDynamic = 0;
  /** The next address that was never looked at. A pool of millions costs no memory before it is used. */
  #range = 0;
  #next: number;

  /** `ranges` do not overlap. `reserved` are never handed out, even inside a range: the concentrator's own address. */
  constructor(ranges: readonly AddressRange[], reserved: readonly Ipv4[]) {
    this.#ranges = ranges;
    this.#reserved = new Set(reserved);
    this.#next = ranges[0]?.first ?? 0;
    const size = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
    this.total = size - [...this.#reserved].filter((address) => this.covers(address)).length;
  }

  get free(): number {
    return this.total - this.#heldDynamic;
  }

  /** Does the address lie in one of the ranges? */
  covers(address: Ipv4): boolean {
    return this.#ranges.some((range) => range.first <= address && address <= range.last);
  }

  /** The next address that `belongsToSomebody` (static addresses of users) does not name; undefined if none is left. */
  take(belongsToSomebody: (address: Ipv4) => boolean): Ipv4 | undefined {
    for (let address = this.#fresh(); address !== undefined; address = this.#fresh()) {
      if (this.#held.has(address) || this.#reserved.has(address)) continue;
      if (!belongsToSomebody(address)) return this.#hold(address);
      // It may lose its owner later.
      this.#released.add(address);
    }
    for (const address of this.#released) {
      if (!belongsToSomebody(address)) return this.#hold(address);
    }
    return undefined;
  }

  /** A user's own static address, inside the ranges or not. False where somebody holds it. */
  takeExactly(address: Ipv4): boolean {
    if (this.#held.has(address) || this.#reserved.has(address)) return false;
    this.#hold(address);
    return true;
  }

  release(address: Ipv4): void {
    if (!this.#held.delete(address) || !this.covers(address)) return;
    this.#heldDynamic--;
    this.#released.add(address);
  }

  #hold(address: Ipv4): Ipv4 {
    this.#released.delete(address);
    this.#held.add(address);
    if (this.covers(address)) this.#heldDynamic++;
    return address;
  }

  #fresh(): Ipv4 | undefined {
    const range = this.#ranges[this.#range];
    if (range === undefined) return undefined;
    const address = ipv4(this.#next);
    if (this.#next < range.last) this.#next++;
    else this.#next = this.#ranges[++this.#range]?.first ?? 0;
    return address;
  }
}
