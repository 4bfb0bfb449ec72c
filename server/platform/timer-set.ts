import type { Millis } from "../wire/units.ts";
import type { Clock } from "./clock.ts";

/** What timers run on. */
type TimerSource = Pick<Clock, "after">;

/** Named timers of one machine: arming again replaces, and `clear` leaves none behind. */
export class TimerSet<Name extends string> {
  readonly #clock: TimerSource;
  readonly #others: Partial<Record<Name, TimerSource>>;
  readonly #cancels = new Map<Name, () => void>();

  /** `others`: names whose timers run on something else than `clock`. */
  constructor(clock: TimerSource, others: Partial<Record<Name, TimerSource>> = {}) {
    this.#clock = clock;
    this.#others = others;
  }

  arm(name: Name, after: Millis, task: () => void): void {
    this.disarm(name);
    const cancel = (this.#others[name] ?? this.#clock).after(after, () => {
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
