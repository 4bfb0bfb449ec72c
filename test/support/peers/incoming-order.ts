import type { Clock } from "../../../server/platform/clock.ts";
import { millis } from "../../../server/wire/units.ts";

/** How long pptp-linux waits for a missing packet; Windows is thought to do about the same. */
const PATIENCE = millis(300);

/**
 * The receiving side of a client: what came before is dropped, what comes early is held or taken as it is.
 */
export class IncomingOrder {
  readonly #clock: Clock;
  readonly #reorders: boolean;
  readonly #deliver: (payload: Uint8Array) => void;
  readonly #held = new Map<number, Uint8Array>();
  /** Any number may be the first. */
  #next: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, reorders: boolean, deliver: (payload: Uint8Array) => void) {
    this.#clock = clock;
    this.#reorders = reorders;
    this.#deliver = deliver;
  }

  take(sequence: number, payload: Uint8Array): void {
    this.#next ??= sequence;
    if (sequence < this.#next) return;
    this.#held.set(sequence, payload);
    if (!this.#reorders) this.#next = sequence;
    this.#release();
    if (this.#held.size === 0) return;
    this.#cancel ??= this.#clock.after(PATIENCE, () => this.#giveUp());
  }

  #release(): void {
    let next = this.#next ?? 0;
    for (let payload = this.#held.get(next); payload !== undefined; payload = this.#held.get(next)) {
      this.#held.delete(next);
      next += 1;
      this.#next = next;
      this.#deliver(payload);
    }
    if (this.#held.size > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #giveUp(): void {
    this.#cancel = undefined;
    this.#next = Math.min(...this.#held.keys());
    this.#release();
    if (this.#held.size > 0) this.#cancel = this.#clock.after(PATIENCE, () => this.#giveUp());
  }
}
