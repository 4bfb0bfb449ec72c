import type { Clock } from "./platform/clock.ts";
import { type Millis, millis, type Octets, octets, seconds } from "./wire/units.ts";

/** Ours: how long it must have been quiet. */
export const LOOK_EVERY: Millis = seconds(20);

/** Ours: of the main thread's time within LOOK_EVERY; ten sessions and a monitor take less, a log-in more. */
export const QUIET: Millis = millis(150);

/** Ours: what is worth a collection, which holds the main thread for some hundredths of a second. */
export const WORTH: Octets = octets(2 * 1024 * 1024);

export interface MemoryWatchParts {
  readonly clock: Pick<Clock, "after">;
  /** Milliseconds of CPU time that the main thread has used so far. */
  cpuTime(): number;
  /** What the main thread's JavaScript holds, garbage and free room included. */
  heap(): Octets;
  /** Collects garbage, and gives what is free then to the kernel. */
  giveBack(): void;
}

/**
 * Gives memory back at the start, which leaves much behind, and whenever it has grown and nobody wants
 * anything of the main thread: log-ins and requests do not wait for a collection that they could do without.
 * Returns what ends it.
 */
export function watchMemory({ clock, cpuTime, heap, giveBack }: MemoryWatchParts): () => void {
  let cancel = (): void => {};
  giveBack();
  let least = heap();
  let used = cpuTime();
  const look = (): void => {
    if (cpuTime() - used <= QUIET && heap() >= least + WORTH) {
      giveBack();
      least = heap();
    }
    used = cpuTime();
    cancel = clock.after(LOOK_EVERY, look);
  };
  cancel = clock.after(LOOK_EVERY, look);
  return () => cancel();
}
