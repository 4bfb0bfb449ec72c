import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";

/** Where the kernel keeps packets for clients: one queue for each packet loop. The TUN interface is that. */
export interface ClientQueues {
  /** From here on packets for `address` go into the queue of this loop. */
  steer(address: Ipv4, loop: number): void;
  /** From here on they may go into any. */
  unsteer(address: Ipv4): void;
  /** Packets for clients that were lost so far because a queue was full. */
  overflowed(): number;
  /** After the loops. */
  close(): void;
}

/** For one loop, which closes its TUN itself. */
export const ONE_QUEUE: ClientQueues = { steer() {}, unsteer() {}, overflowed: () => 0, close() {} };

/**
 * Sends packets for each client's address to the loop that has its tunnel. The last to claim an address has
 * it, as in the tunnel table. It stays with that loop until no tunnel claims it any more: otherwise it would
 * go back to another tunnel whose network is still open under the same address, in another loop.
 */
export class Steering {
  readonly #queues: Pick<ClientQueues, "steer" | "unsteer">;
  readonly #addresses = new Map<CallId, Ipv4>();
  /** How many tunnels claim an address. */
  readonly #claims = new Map<Ipv4, number>();

  constructor(queues: Pick<ClientQueues, "steer" | "unsteer">) {
    this.#queues = queues;
  }

  /** The tunnel with this call ID, in this loop, gets what comes for the address, and gives up any other. */
  claim(callId: CallId, address: Ipv4, loop: number): void {
    this.#queues.steer(address, loop);
    if (this.#addresses.get(callId) === address) return;
    this.release(callId);
    this.#addresses.set(callId, address);
    this.#claims.set(address, (this.#claims.get(address) ?? 0) + 1);
  }

  release(callId: CallId): void {
    const address = this.#addresses.get(callId);
    if (address === undefined) return;
    this.#addresses.delete(callId);
    const others = this.#claims.get(address)! - 1;
    if (others > 0) this.#claims.set(address, others);
    else {
      this.#claims.delete(address);
      this.#queues.unsteer(address);
    }
  }
}
