import type { Ipv4 } from "../../wire/ipv4.ts";
import { MAX_PENDING_CALLS, MAX_PENDING_PER_ADDRESS } from "./limits.ts";

/** How many dials have begun and have neither come up nor ended, in all and from each address. */
export class DialsUnderWay {
  readonly #perAddress = new Map<Ipv4, number>();
  #count = 0;

  /** Takes a place and returns what gives it back, once; undefined where there is none for this address. */
  begin(address: Ipv4): (() => void) | undefined {
    const here = this.#perAddress.get(address) ?? 0;
    if (this.#count >= MAX_PENDING_CALLS || here >= MAX_PENDING_PER_ADDRESS) return undefined;
    this.#count++;
    this.#perAddress.set(address, here + 1);
    let held = true;
    return () => {
      if (held) this.#leave(address);
      held = false;
    };
  }

  #leave(address: Ipv4): void {
    this.#count--;
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}
