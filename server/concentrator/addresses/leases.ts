import type { Assignment } from "../../ppp/ipcp/assignment.ts";
import type { User, UserRepository } from "../../store/store-types.ts";
import { type Ipv4, parseIpv4 } from "../../wire/ipv4.ts";
import type { Ending } from "../records/ending.ts";
import { type AddressPools, COMMON_POOL, type PoolFigures } from "./address-pools.ts";

export type Lease =
  | {
      readonly ok: true;
      readonly assignment: Assignment;
      /** Name of the pool that the address is of; null: it is the user's own. */
      readonly pool: string | null;
    }
  | { readonly ok: false; readonly ending: Ending };

/** What holds for every lease. */
export interface LeaseTerms {
  /** What every client is told about whom nothing else was decided. */
  readonly told: Omit<Assignment, "remote">;
  /** Leases at once. */
  readonly max: number;
}

/**
 * Gives each session its inner address: the user's own, or the next one of the user's pool that belongs to
 * nobody; and no more of them than there may be sessions.
 */
export class Leases {
  #pools: AddressPools;
  #terms: LeaseTerms;
  #held = 0;
  /** Addresses that belong to users, in pools or not. */
  readonly #owned = new Set<Ipv4>();
  /** Pools in which a dial found nothing since they last had something, by name. */
  readonly #missed = new Set<string>();

  constructor(pools: AddressPools, users: Pick<UserRepository, "watchStaticAddresses">, terms: LeaseTerms) {
    this.#pools = pools;
    this.#terms = terms;
    users.watchStaticAddresses((text, owned) => {
      if (owned) this.#owned.add(address(text));
      else this.#owned.delete(address(text));
      this.#pools.own(address(text), owned);
    });
  }

  /** From here on these pools and terms count. `pools` is new; who holds an address keeps it. */
  change(pools: AddressPools, terms: LeaseTerms): void {
    this.#pools = this.#pools.changed(pools, this.#owned);
    this.#terms = terms;
    for (const name of this.#missed) if (pools.find(name) === undefined) this.#missed.delete(name);
  }

  /** Leases at once. */
  get max(): number {
    return this.#terms.max;
  }

  /** Each pool; none is asked of the database, however many users there are. */
  figures(): readonly PoolFigures[] {
    return this.#pools.figures();
  }

  /** As many as there may be sessions: the next dial is refused, whatever the pools have. */
  get full(): boolean {
    return this.#held >= this.max;
  }

  /**
   * The pools that have nothing for the next dial. One whose addresses all belong to users was made for them:
   * it counts once a dial without an address of its own has looked for one there.
   */
  emptyPools(): readonly PoolFigures[] {
    const all = this.figures();
    for (const { name, free } of all) if (free > 0) this.#missed.delete(name);
    return all.filter(
      ({ name, total, free }) =>
        free === 0 && (this.#missed.has(name) || (this.#pools.find(name)?.owned ?? 0) < total),
    );
  }

  /**
   * Why nobody can get a lease now, whoever asks; undefined where somebody may: who it is shows after the
   * log-in.
   */
  exhausted(): Ending | undefined {
    if (this.full) return this.#full();
    // A user may have another pool than tunnel.pool, or an address of their own.
    if (this.#pools.free > 0 || this.#owned.size > 0) return undefined;
    return noAddress(`All ${this.#pools.total} addresses of all pools are in use.`);
  }

  /** At once: two dials at a time cannot both take the last place. */
  take(user: User): Lease {
    if (this.full) return { ok: false, ending: this.#full() };
    if (user.staticAddress !== null) return this.#takeStatic(user, user.staticAddress);
    const pool = this.#pools.find(user.pool);
    if (pool === undefined) {
      const evidence = `The user's pool ${JSON.stringify(user.pool)} is not in the configuration.`;
      return { ok: false, ending: noAddress(evidence) };
    }
    const remote = pool.take();
    if (remote !== undefined) return this.#granted(user, remote, user.pool ?? COMMON_POOL);
    this.#missed.add(user.pool ?? COMMON_POOL);
    const name = user.pool === null ? COMMON_POOL : `the pool ${JSON.stringify(user.pool)}`;
    const evidence = `All ${pool.total} addresses of ${name} are in use or belong to users.`;
    return { ok: false, ending: noAddress(evidence) };
  }

  release(address: Ipv4): void {
    this.#held--;
    this.#pools.release(address);
  }

  #takeStatic(user: User, text: string): Lease {
    const address = parseIpv4(text);
    if (address !== undefined && this.#pools.takeExactly(address)) return this.#granted(user, address, null);
    const evidence = `The user's static address ${text} is in use by another session.`;
    return { ok: false, ending: noAddress(evidence) };
  }

  #granted(user: User, remote: Ipv4, pool: string | null): Lease {
    this.#held++;
    const { told } = this.#terms;
    return { ok: true, assignment: { ...told, dns: user.dns?.map(address) ?? told.dns, remote }, pool };
  }

  #full(): Ending {
    return { verdict: "server-full", evidence: `All ${this.max} sessions are in use.` };
  }
}

const noAddress = (evidence: string): Ending => ({ verdict: "no-address", evidence });

function address(text: string): Ipv4 {
  const parsed = parseIpv4(text);
  if (parsed === undefined) throw new Error(`an address in the store is none: ${text}`);
  return parsed;
}
