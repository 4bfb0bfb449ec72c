import type { Clock } from "../../platform/clock.ts";
import { type Millis, millis } from "../../wire/units.ts";

/**
 * Ours: so often a loop measures how much it works; a flood that has just begun may keep the main thread
 * waiting for as long.
 */
const LOOK_EVERY: Millis = millis(1000);

/** Ours: the share of a core from which a loop is busy. */
const BUSY_FROM = 0.5;

export interface PriorityWatchParts {
  readonly clock: Clock;
  /** Milliseconds of CPU time that the loop's thread has used so far. */
  cpuTime(): number;
  /** Puts the thread before whatever else wants the core; `busy`: but leaves the others a part of it. */
  setPriority(busy: boolean): void;
}

/**
 * The priority of a loop's thread. One that has little to do comes before everything: Linux weighs what a
 * thread has just used against its share, and a packet that comes too soon after another one waits until the
 * next tick of the kernel, up to 4 ms, the longer the lower the thread's weight. One that is busy must not
 * starve log-ins and requests to the API.
 */
export class PriorityWatch {
  readonly #parts: PriorityWatchParts;
  #busy = false;
  #cpuTime: number;
  #lookedAt: Millis;
  #disarm: () => void;

  constructor(parts: PriorityWatchParts) {
    const { clock, cpuTime, setPriority } = parts;
    this.#parts = parts;
    this.#cpuTime = cpuTime();
    this.#lookedAt = clock.now();
    setPriority(false);
    this.#disarm = clock.after(LOOK_EVERY, this.#look);
  }

  close(): void {
    this.#disarm();
  }

  readonly #look = (): void => {
    const { clock, setPriority } = this.#parts;
    const [cpuTime, now] = [this.#parts.cpuTime(), clock.now()];
    const busy = cpuTime - this.#cpuTime >= (now - this.#lookedAt) * BUSY_FROM;
    if (busy !== this.#busy) setPriority(busy);
    this.#busy = busy;
    this.#cpuTime = cpuTime;
    this.#lookedAt = now;
    this.#disarm = clock.after(LOOK_EVERY, this.#look);
  };
}
