import type { Assignment } from "../../ppp/ipcp/assignment.ts";
import type { User } from "../../store/store-types.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Lease, Leases } from "./leases.ts";

/** What the lease of a dial needs of the server around it. */
export interface LeaseServices {
  readonly leases: Pick<Leases, "take" | "release">;
  /** Ends the sessions whose clients have vanished. */
  readonly deadSessions: { clear(): Promise<void> };
}

/** The address of one dial: the same one again when LCP is negotiated anew, and given back once. */
export class DialLease {
  readonly #services: LeaseServices;
  #assignment: Assignment | undefined;
  #pool: string | null = null;
  #over = false;

  constructor(services: LeaseServices) {
    this.#services = services;
  }

  /** All that IPCP is to agree to; undefined before there is an address. */
  get assignment(): Assignment | undefined {
    return this.#assignment;
  }

  /** Undefined before there is one. */
  get address(): Ipv4 | undefined {
    return this.#assignment?.remote;
  }

  /** Name of the pool that the address is of; null: the user's own address, or none yet. */
  get pool(): string | null {
    return this.#pool;
  }

  /** An address for the user as the policy says when it is taken. Dead sessions keep nobody out. */
  async take(user: () => User): Promise<Lease> {
    const lease = this.#take(user());
    if (lease.ok) return lease;
    await this.#services.deadSessions.clear();
    return this.#take(user());
  }

  /** The dial has ended. */
  giveBack(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#assignment !== undefined) this.#services.leases.release(this.#assignment.remote);
  }

  #take(user: User): Lease {
    if (this.#assignment !== undefined) return { ok: true, assignment: this.#assignment, pool: this.#pool };
    const lease = this.#services.leases.take(user);
    if (!lease.ok) return lease;
    this.#assignment = lease.assignment;
    this.#pool = lease.pool;
    // The dial ended while its log-in was under way: nobody else gives the address back.
    if (this.#over) this.#services.leases.release(lease.assignment.remote);
    return lease;
  }
}
