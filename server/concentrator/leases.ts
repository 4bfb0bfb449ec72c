import type { Assignment } from "../ppp/link/link-types.ts";
import type { User, UserRepository } from "../store/store-types.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../wire/ipv4.ts";
import type { AddressPool } from "./address-pool.ts";

export type Lease =
  | { readonly ok: true; readonly assignment: Assignment }
  | { readonly ok: false; readonly evidence: string };

/** Gives each session its inner address: the user's own, or the next one of the pool that belongs to nobody. */
export class Leases {
  readonly #pool: AddressPool;
  readonly #users: UserRepository;
  readonly #fixed: Omit<Assignment, "remote">;

  constructor(pool: AddressPool, users: UserRepository, fixed: Omit<Assignment, "remote">) {
    this.#pool = pool;
    this.#users = users;
    this.#fixed = fixed;
  }

  get free(): number {
    return this.#pool.free;
  }

  get total(): number {
    return this.#pool.total;
  }

  async take(user: User): Promise<Lease> {
    if (user.staticAddress !== null) return this.#takeStatic(user.staticAddress);
    const owned = new Set(await this.#users.staticAddresses());
    const remote = this.#pool.take((address) => owned.size > 0 && owned.has(formatIpv4(address)));
    if (remote !== undefined) return this.#granted(remote);
    return {
      ok: false,
      evidence: `All ${this.#pool.total} addresses of the pool are in use or belong to users.`,
    };
  }

  release(address: Ipv4): void {
    this.#pool.release(address);
  }

  #takeStatic(text: string): Lease {
    const address = parseIpv4(text);
    if (address !== undefined && this.#pool.takeExactly(address)) return this.#granted(address);
    return { ok: false, evidence: `The user's static address ${text} is in use by another session.` };
  }

  #granted(remote: Ipv4): Lease {
    return { ok: true, assignment: { ...this.#fixed, remote } };
  }
}
