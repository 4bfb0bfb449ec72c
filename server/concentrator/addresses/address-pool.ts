import type { AddressRange } from "../../config/config-types.ts";
import { type Ipv4, ipv4 } from "../../wire/ipv4.ts";

/**
 * The inner addresses that clients get. No two holders ever have one address. Addresses never used come
 * first, then those that were released longest ago, so that an address rests before somebody else gets it.
 * What belongs to a user goes to nobody else, whether the user is connected or not.
 */
export class AddressPool {
  readonly total: number;
  readonly #ranges: readonly AddressRange[];
  readonly #reserved: ReadonlySet<Ipv4>;
  readonly #held = new Set<Ipv4>();
  /** Those inside the ranges that belong to users. */
  readonly #owned = new Set<Ipv4>();
  /** Neither held nor owned, in order of release: a Set keeps the order of insertion. */
  readonly #released = new Set<Ipv4>();
  #heldInside = 0;
  #ownedAndHeld = 0;
  /** The next address that was never looked at. A pool of millions costs no memory before it is used. */
  #range = 0;
  #next: number;

  /**
   * `ranges` do not overlap. `reserved` are never handed out, even inside a range: the concentrator's own
   * address.
   */
  constructor(ranges: readonly AddressRange[], reserved: readonly Ipv4[]) {
    this.#ranges = ranges;
    this.#reserved = new Set(reserved);
    this.#next = ranges[0]?.first ?? 0;
    const size = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
    this.total = size - [...this.#reserved].filter((address) => this.covers(address)).length;
  }

  /** Held by sessions. */
  get used(): number {
    return this.#heldInside;
  }

  /** Belong to users who are not connected. */
  get kept(): number {
    return this.#owned.size - this.#ownedAndHeld;
  }

  /** What dials without an address of their own can still get. */
  get free(): number {
    return this.total - this.used - this.kept;
  }

  /** Belong to users, connected or not. */
  get owned(): number {
    return this.#owned.size;
  }

  /** Does the address lie in one of the ranges? */
  covers(address: Ipv4): boolean {
    return this.#ranges.some((range) => range.first <= address && address <= range.last);
  }

  /** From now on the address belongs to a user, or no longer does. One outside the ranges changes nothing. */
  own(address: Ipv4, owned: boolean): void {
    if (owned === this.#owned.has(address) || this.#reserved.has(address) || !this.covers(address)) return;
    const held = this.#held.has(address);
    if (held) this.#ownedAndHeld += owned ? 1 : -1;
    if (owned) {
      this.#owned.add(address);
      this.#released.delete(address);
    } else {
      this.#owned.delete(address);
      if (!held) this.#released.add(address);
    }
  }

  /** Every address that somebody holds, inside the ranges or not. */
  get held(): Iterable<Ipv4> {
    return this.#held;
  }

  /** Those that rest, the one that was released longest ago first. */
  get resting(): Iterable<Ipv4> {
    return this.#released;
  }

  /** The address was used before, elsewhere: those that never were come first. */
  rest(address: Ipv4): void {
    const taken = this.#held.has(address) || this.#owned.has(address) || this.#reserved.has(address);
    if (!taken && this.covers(address)) this.#released.add(address);
  }

  /** The next address that belongs to nobody; undefined if none is left. */
  take(): Ipv4 | undefined {
    for (let address = this.#fresh(); address !== undefined; address = this.#fresh()) {
      if (this.#held.has(address) || this.#reserved.has(address) || this.#owned.has(address)) continue;
      if (this.#released.has(address)) continue;
      return this.#hold(address);
    }
    const [oldest] = this.#released;
    return oldest === undefined ? undefined : this.#hold(oldest);
  }

  /** A user's own static address, inside the ranges or not. False where somebody holds it. */
  takeExactly(address: Ipv4): boolean {
    if (this.#held.has(address) || this.#reserved.has(address)) return false;
    this.#hold(address);
    return true;
  }

  release(address: Ipv4): void {
    if (!this.#held.delete(address) || !this.covers(address)) return;
    this.#heldInside--;
    if (this.#owned.has(address)) this.#ownedAndHeld--;
    else this.#released.add(address);
  }

  #hold(address: Ipv4): Ipv4 {
    this.#released.delete(address);
    this.#held.add(address);
    if (this.covers(address)) this.#heldInside++;
    if (this.#owned.has(address)) this.#ownedAndHeld++;
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
