import type { Clock } from "../../platform/clock.ts";
import { FRUITLESS_BURST, FRUITLESS_PER_SECOND, MAX_REMEMBERED_ADDRESSES } from "./limits.ts";

interface Tried {
  /** How much patience was lost, as of `at`; it comes back with time. */
  readonly lost: number;
  readonly at: number;
}

/** What connections and dials that come to nothing cost the address that they come from. */
export class Patience {
  readonly #clock: Pick<Clock, "now">;
  /** Oldest first. */
  readonly #byAddress = new Map<string, Tried>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** A connection or a dial from this address came to nothing. */
  lose(address: string): void {
    const lost = Math.min(this.#lost(address) + 1, FRUITLESS_BURST);
    this.#byAddress.delete(address);
    this.#byAddress.set(address, { lost, at: this.#clock.now() });
    if (this.#byAddress.size > MAX_REMEMBERED_ADDRESSES) this.#forgetOldest();
  }

  /** Is there none left for this address? */
  exhausted(address: string): boolean {
    return this.#lost(address) > FRUITLESS_BURST - 1;
  }

  #lost(address: string): number {
    const tried = this.#byAddress.get(address);
    if (tried === undefined) return 0;
    return Math.max(0, tried.lost - ((this.#clock.now() - tried.at) / 1000) * FRUITLESS_PER_SECOND);
  }

  #forgetOldest(): void {
    for (const address of this.#byAddress.keys()) {
      this.#byAddress.delete(address);
      return;
    }
  }
}
