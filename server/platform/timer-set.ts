import type { Millis } from "../wire/units.ts";
import type { Clock } from "./clock.ts";

/** Named timers of one machine: arming again replaces, and `clear` leaves none behind. */
export class TimerSet<Name extends string> {
  readonly #clock: Clock;
  readonly #cancels = new Map<Name, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  arm(name: Name, after: Millis, task: () => void): void {
    this.disarm(name);
    const cancel = this.#clock.after(after, () => {
      this.#cancels.delete(name);
      task();
    });
    this.#cancels.set(name, cancel);
  }

  disarm(name: Name): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  clear(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}
