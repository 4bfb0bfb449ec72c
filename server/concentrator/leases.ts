import type { Assignment } from "../ppp/link/link-types.ts";
import type { User, UserRepository } from "../store/store-types.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../wire/ipv4.ts";
import type { AddressPools } from "./address-pools.ts";
import type { Ending } from "./verdicts/ending.ts";

export type Lease =
  | { readonly ok: true; readonly assignment: Assignment }
  | { readonly ok: false; readonly ending: Ending };

/**
 * Gives each session its inner address: the user's own, or the next one of the user's pool that belongs to nobody; and
 * no more of them than there may be sessions.
 */
export class Leases {
  readonly #pools: AddressPools;
  readonly #users: UserRepository;
  readonly #fixed: Omit<Assignment, "remote">;
  readonly #max: number;
  #held = 0;

  /** `fixed`: what every client is told about whom nothing else was decided; `max`: leases at once. */
  constructor(pools: AddressPools, users: UserRepository, fixed: Omit<Assignment, "remote">, max: number) {
    this.#pools = pools;
    this.#users = users;
    this.#fixed = fixed;
    this.#max = max;
  }

  /** Over all pools. */
  get free(): number {
    return this.#pools.free;
  }

  get total(): number {
    return this.#pools.total;
  }

  /** Why nobody can get a lease now, whoever asks; undefined where somebody may: who it is shows after the log-in. */
  async exhausted(): Promise<Ending | undefined> {
    if (this.#held >= this.#max) return this.#full();
    // A user may have another pool than tunnel.pool, or an address of their own.
    if (this.#pools.free > 0 || (await this.#users.staticAddresses()).length > 0) return undefined;
    return noAddress(`All ${this.#pools.total} addresses of all pools are in use.`);
  }

  async take(user: User): Promise<Lease> {
    const owned = user.staticAddress === null ? new Set(await this.#users.staticAddresses()) : undefined;
    // Nothing is awaited from here on: two dials at once cannot both take the last place.
    if (this.#held >= this.#max) return { ok: false, ending: this.#full() };
    if (user.staticAddress !== null) return this.#takeStatic(user, user.staticAddress);
    const pool = this.#pools.find(user.pool);
    if (pool === undefined) {
      const evidence = `The user's pool ${JSON.stringify(user.pool)} is not in the configuration.`;
      return { ok: false, ending: noAddress(evidence) };
    }
    const remote = pool.take((address) => owned?.has(formatIpv4(address)) ?? false);
    if (remote !== undefined) return this.#granted(user, remote);
    const name = user.pool === null ? "tunnel.pool" : `the pool ${JSON.stringify(user.pool)}`;
    const evidence = `All ${pool.total} addresses of ${name} are in use or belong to users.`;
    return { ok: false, ending: noAddress(evidence) };
  }

  release(address: Ipv4): void {
    this.#held--;
    this.#pools.release(address);
  }

  #takeStatic(user: User, text: string): Lease {
    const address = parseIpv4(text);
    if (address !== undefined && this.#pools.takeExactly(address)) return this.#granted(user, address);
    const evidence = `The user's static address ${text} is in use by another session.`;
    return { ok: false, ending: noAddress(evidence) };
  }

  #granted(user: User, remote: Ipv4): Lease {
    this.#held++;
    return {
      ok: true,
      assignment: { ...this.#fixed, dns: user.dns?.map(address) ?? this.#fixed.dns, remote },
    };
  }

  #full(): Ending {
    return { verdict: "server-full", evidence: `All ${this.#max} sessions are in use.` };
  }
}

const noAddress = (evidence: string): Ending => ({ verdict: "no-address", evidence });

function address(text: string): Ipv4 {
  const parsed = parseIpv4(text);
  if (parsed === undefined) throw new Error("a name server in the store is no address");
  return parsed;
}
