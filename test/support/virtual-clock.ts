import type { Clock } from "../../server/platform/clock.ts";
import { type Millis, millis } from "../../server/wire/units.ts";

/**
 * Microtask turns between two timers: enough for a chain of awaits that a timer has started, a transaction
 * included.
 */
const TURNS = 64;

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly task: () => void;
}

/**
 * Time that passes only when a test says so. Timers run in the order they are due, those due together in the
 * order they were set; between two of them, promises settle.
 */
export class VirtualClock implements Clock {
  #epoch: number;
  readonly #timers = new Set<Timer>();
  #now = 0;
  #order = 0;

  /** `epoch` is what `date()` says at the start. */
  constructor(epoch = Date.UTC(2030, 0, 1)) {
    this.#epoch = epoch;
  }

  now(): Millis {
    return millis(this.#now);
  }

  date(): Date {
    return new Date(this.#epoch + this.#now);
  }

  after(delay: Millis, task: () => void): () => void {
    const timer: Timer = { due: this.#now + Math.max(0, delay), order: this.#order, task };
    this.#order += 1;
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Somebody sets the wall clock, by so many milliseconds; no time passes. */
  setWallClock(by: number): void {
    this.#epoch += by;
  }

  /** Timers that are set and have not run: 0 at the end of a test that leaks none. */
  pending(): number {
    return this.#timers.size;
  }

  /** Lets `ms` milliseconds pass, and runs what falls due in them, newly set timers included. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.due;
      next.task();
      await settle();
    }
    this.#now = end;
  }

  /** The timer that is due first, at `end` at the latest. */
  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due > end) continue;
      if (
        first === undefined ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order)
      ) {
        first = timer;
      }
    }
    return first;
  }
}

/** Lets promises that are ready, and those that they make ready, run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await undefined;
}
