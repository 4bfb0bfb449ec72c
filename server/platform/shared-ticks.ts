import { type Millis, millis } from "../wire/units.ts";
import type { Clock } from "./clock.ts";

/** What runs at one tick. */
interface Tick {
  readonly tasks: Set<() => void>;
  readonly cancel: () => void;
}

/**
 * Timers that may be late by up to `every`: all that fall due between two ticks run at the second of them, in
 * the order in which they were set. Waking an idle thread costs more than most of these tasks
 * themselves, and thousands of sessions have one each.
 */
export class SharedTicks implements Pick<Clock, "after"> {
  readonly #clock: Clock;
  readonly #every: Millis;
  readonly #ticks = new Map<number, Tick>();

  constructor(clock: Clock, every: Millis) {
    this.#clock = clock;
    this.#every = every;
  }

  /**
   * Runs `task` once, at the first tick after `delay`. The returned function cancels it; cancelling twice is
   * harmless.
   */
  after(delay: Millis, task: () => void): () => void {
    const number = Math.ceil((this.#clock.now() + delay) / this.#every);
    const tick = this.#ticks.get(number) ?? this.#begin(number);
    // A function of its own: the same task may be set twice.
    const own = () => task();
    tick.tasks.add(own);
    return () => {
      if (!tick.tasks.delete(own) || tick.tasks.size > 0 || this.#ticks.get(number) !== tick) return;
      this.#ticks.delete(number);
      tick.cancel();
    };
  }

  #begin(number: number): Tick {
    const tasks = new Set<() => void>();
    const cancel = this.#clock.after(millis(number * this.#every - this.#clock.now()), () => {
      this.#ticks.delete(number);
      for (const task of tasks) {
        tasks.delete(task);
        task();
      }
    });
    const tick = { tasks, cancel };
    this.#ticks.set(number, tick);
    return tick;
  }
}
