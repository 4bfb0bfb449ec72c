import type { Clock } from "../../platform/clock.ts";
import { FRUITLESS_BURST, FRUITLESS_PER_SECOND, MAX_REMEMBERED_ADDRESSES } from "./limits.ts";

/** What came to nothing from one address: how much counted at `at`; it is forgiven with time. */
interface Penalty {
  readonly count: number;
  readonly at: number;
}

/** What connections and dials that come to nothing cost the address that they come from. */
export class AddressPenalties {
  readonly #clock: Pick<Clock, "now">;
  /** Oldest first. */
  readonly #byAddress = new Map<string, Penalty>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** A connection or a dial from this address came to nothing. */
  add(address: string): void {
    const count = Math.min(this.#count(address) + 1, FRUITLESS_BURST);
    this.#byAddress.delete(address);
    this.#byAddress.set(address, { count, at: this.#clock.now() });
    if (this.#byAddress.size > MAX_REMEMBERED_ADDRESSES) this.#forgetOldest();
  }

  /** Have so many come to nothing that no more are taken from this address now? */
  refuses(address: string): boolean {
    return this.#count(address) > FRUITLESS_BURST - 1;
  }

  #count(address: string): number {
    const penalty = this.#byAddress.get(address);
    if (penalty === undefined) return 0;
    return Math.max(0, penalty.count - ((this.#clock.now() - penalty.at) / 1000) * FRUITLESS_PER_SECOND);
  }

  #forgetOldest(): void {
    for (const address of this.#byAddress.keys()) {
      this.#byAddress.delete(address);
      return;
    }
  }
}
