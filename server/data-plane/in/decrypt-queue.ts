import { BATCH } from "../limits.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/**
 * PPP frames that the MPPE kernel is still to decrypt, in the order in which they came. Allocated once.
 */
export class DecryptQueue {
  readonly #tunnels = new Array<Tunnel | undefined>(BATCH).fill(undefined);
  readonly #from = new Uint32Array(BATCH);
  readonly #end = new Uint32Array(BATCH);
  #count = 0;

  get isFull(): boolean {
    return this.#count === BATCH;
  }

  /** One more: what is decrypted lies from `from` up to, not including, `end`. */
  add(tunnel: Tunnel, from: number, end: number): void {
    this.#tunnels[this.#count] = tunnel;
    this.#from[this.#count] = from;
    this.#end[this.#count] = end;
    this.#count += 1;
  }

  /** Hands each to `take`, in order, and forgets them all. */
  empty(take: (tunnel: Tunnel, from: number, end: number) => void): void {
    const count = this.#count;
    for (let i = 0; i < count; i += 1) {
      const tunnel = this.#tunnels[i]!;
      this.#tunnels[i] = undefined;
      take(tunnel, this.#from[i]!, this.#end[i]!);
    }
    this.#count = 0;
  }
}
