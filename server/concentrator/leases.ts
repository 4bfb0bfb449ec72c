import type { Assignment } from "../ppp/link/link-types.ts";
import type { User, UserRepository } from "../store/store-types.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../wire/ipv4.ts";
import type { AddressPool } from "./address-pool.ts";
import type { Ending } from "./verdicts/ending.ts";

export type Lease =
  | { readonly ok: true; readonly assignment: Assignment }
  | { readonly ok: false; readonly ending: Ending };

/**
 * Gives each session its inner address: the user's own, or the next one of the pool that belongs to nobody; and no more
 * of them than there may be sessions.
 */
export class Leases {
  readonly #pool: AddressPool;
  readonly #users: UserRepository;
  readonly #fixed: Omit<Assignment, "remote">;
  readonly #max: number;
  #held = 0;

  /** `fixed`: what every client is told; `max`: leases at once. */
  constructor(pool: AddressPool, users: UserRepository, fixed: Omit<Assignment, "remote">, max: number) {
    this.#pool = pool;
    this.#users = users;
    this.#fixed = fixed;
    this.#max = max;
  }

  get free(): number {
    return this.#pool.free;
  }

  get total(): number {
    return this.#pool.total;
  }

  /** Why nobody can get a lease now, whoever asks; undefined where somebody may. */
  async exhausted(): Promise<Ending | undefined> {
    if (this.#held >= this.#max) return this.#full();
    // With the pool empty only users with an address of their own can get in; who it is shows after the log-in.
    if (this.#pool.free > 0 || (await this.#users.staticAddresses()).length > 0) return undefined;
    return this.#noAddress(`All ${this.#pool.total} addresses of the pool are in use.`);
  }

  async take(user: User): Promise<Lease> {
    const owned = user.staticAddress === null ? new Set(await this.#users.staticAddresses()) : undefined;
    // Nothing is awaited from here on: two dials at once cannot both take the last place.
    if (this.#held >= this.#max) return { ok: false, ending: this.#full() };
    if (user.staticAddress !== null) return this.#takeStatic(user.staticAddress);
    const remote = this.#pool.take((address) => owned?.has(formatIpv4(address)) ?? false);
    if (remote !== undefined) return this.#granted(remote);
    const evidence = `All ${this.#pool.total} addresses of the pool are in use or belong to users.`;
    return { ok: false, ending: this.#noAddress(evidence) };
  }

  release(address: Ipv4): void {
    this.#held--;
    this.#pool.release(address);
  }

  #takeStatic(text: string): Lease {
    const address = parseIpv4(text);
    if (address !== undefined && this.#pool.takeExactly(address)) return this.#granted(address);
    const evidence = `The user's static address ${text} is in use by another session.`;
    return { ok: false, ending: this.#noAddress(evidence) };
  }

  #granted(remote: Ipv4): Lease {
    this.#held++;
    return { ok: true, assignment: { ...this.#fixed, remote } };
  }

  #full(): Ending {
    return { verdict: "server-full", evidence: `All ${this.#max} sessions are in use.` };
  }

  #noAddress(evidence: string): Ending {
    return { verdict: "no-address", evidence };
  }
}
