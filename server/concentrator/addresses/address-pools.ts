import type { AddressRange } from "../../config/config-types.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { AddressPool } from "./address-pool.ts";

/** A pool in figures: `total` is the sum of the three that follow it. */
export interface PoolFigures {
  /** "tunnel.pool", or the name under [pools]. */
  readonly name: string;
  /** Addresses for clients; the concentrator's own is none. */
  readonly total: number;
  /** Held by sessions, and by dials that are coming up. */
  readonly used: number;
  /** Belong to users who do not hold them now, enabled or not: nobody else gets them. */
  readonly reserved: number;
  /** What dials of users without an address of their own can still get. */
  readonly free: number;
}

/** What the pool of those is called to whom no other was given. No pool under [pools] can have that name. */
export const COMMON_POOL = "tunnel.pool";

/**
 * Every pool of the configuration: tunnel.pool, and those by name. They do not overlap, and an address is
 * held in one place only: a user's static address in the pool whose range it lies in, so that no pool hands
 * it out.
 */
export class AddressPools {
  readonly #common: AddressPool;
  readonly #byName: ReadonlyMap<string, AddressPool>;

  /** `reserved` are never handed out: the concentrator's own address. */
  constructor(
    common: readonly AddressRange[],
    named: ReadonlyMap<string, readonly AddressRange[]>,
    reserved: readonly Ipv4[],
  ) {
    this.#common = new AddressPool(common, reserved);
    this.#byName = new Map([...named].map(([name, ranges]) => [name, new AddressPool(ranges, reserved)]));
  }

  /**
   * The pools of another configuration with all that these know: who holds an address keeps it, in whichever
   * pool it lies now or in none, and an address that rests goes on resting. `owned`: what belongs to users.
   */
  changed(next: AddressPools, owned: Iterable<Ipv4>): AddressPools {
    for (const pool of this.#all()) for (const address of pool.held) next.takeExactly(address);
    for (const address of owned) next.own(address, true);
    for (const pool of this.#all()) for (const address of pool.resting) next.#around(address).rest(address);
    return next;
  }

  /** Does an address lie in one of them? */
  cover(address: Ipv4): boolean {
    return this.#all().some((pool) => pool.covers(address));
  }

  /** Over all pools. */
  get free(): number {
    return this.#all().reduce((sum, pool) => sum + pool.free, 0);
  }

  /** Over all pools. */
  get total(): number {
    return this.#all().reduce((sum, pool) => sum + pool.total, 0);
  }

  /** tunnel.pool first, then as the configuration has them. */
  figures(): readonly PoolFigures[] {
    return [[COMMON_POOL, this.#common] as const, ...this.#byName].map(([name, pool]) => {
      const { total, used, kept: reserved, free } = pool;
      return { name, total, used, reserved, free };
    });
  }

  /** Null: tunnel.pool. Undefined where the configuration has no pool of that name. */
  find(name: string | null): AddressPool | undefined {
    return name === null || name === COMMON_POOL ? this.#common : this.#byName.get(name);
  }

  /** From now on the address belongs to a user, or no longer does. */
  own(address: Ipv4, owned: boolean): void {
    this.#around(address).own(address, owned);
  }

  /** A user's own static address, inside a pool or not. False where somebody holds it. */
  takeExactly(address: Ipv4): boolean {
    return this.#around(address).takeExactly(address);
  }

  release(address: Ipv4): void {
    this.#around(address).release(address);
  }

  /** What lies in no pool is kept with tunnel.pool. */
  #around(address: Ipv4): AddressPool {
    return this.#all().find((pool) => pool.covers(address)) ?? this.#common;
  }

  #all(): readonly AddressPool[] {
    return [this.#common, ...this.#byName.values()];
  }
}
