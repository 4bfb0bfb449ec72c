import type { AddressRange } from "../config/config-types.ts";
import type { Ipv4 } from "../wire/ipv4.ts";
import { AddressPool } from "./address-pool.ts";

/**
 * Every pool of the configuration: tunnel.pool, and those by name. They do not overlap, and an address is held in one
 * place only: a user's static address in the pool whose range it lies in, so that no pool hands it out.
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

  get free(): number {
    return this.#all().reduce((sum, pool) => sum + pool.free, 0);
  }

  get total(): number {
    return this.#all().reduce((sum, pool) => sum + pool.total, 0);
  }

  /** Null: tunnel.pool. Undefined where the configuration has no pool of that name. */
  find(name: string | null): AddressPool | undefined {
    return name === null ? this.#common : this.#byName.get(name);
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
