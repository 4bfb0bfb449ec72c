import { type Millis, millis } from "../wire/units.ts";

/** The only way to time in pacd. Tests hand in a virtual one; nothing else reads a clock or sets a timer. */
export interface Clock {
  /** Monotonic milliseconds since an arbitrary start. For durations. */
  now(): Millis;
  /** The wall clock. For records. */
  date(): Date;
  /** Runs `task` once after `delay`. The returned function cancels it; cancelling twice is harmless. */
  after(delay: Millis, task: () => void): () => void;
}

/** The machine's clock. Timers never keep the process alive on their own. */
export const systemClock: Clock = {
  now: () => millis(performance.now()),
  date: () => new Date(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
