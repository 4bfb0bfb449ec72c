import type { Clock } from "../../platform/clock.ts";
import { type Millis, millis } from "../../wire/units.ts";

/**
 * Ours: so often a loop looks how much it works; as long, a flood that has just begun may keep the main
 * thread waiting.
 */
const LOOK_EVERY: Millis = millis(1000);

/** Ours: the share of a core from which a loop is busy. */
const BUSY_FROM = 0.5;

export interface UrgencyParts {
  readonly clock: Clock;
  /** Milliseconds that the thread of the loop has run so far. */
  ran(): number;
  /** Puts the thread before whatever else wants the core; `busy`: but leaves the others a part of it. */
  urge(busy: boolean): void;
}

/**
 * How urgent the thread of a loop is. One that has little to do comes before everything: Linux weighs what a
 * thread has just used against what it is owed, and a packet that comes too soon after another one waits
 * until the next tick of the kernel, up to 4 ms, the longer the less the thread weighs. One that is busy must
 * not starve log-ins and requests to the API.
 */
export class UrgencyWatch {
  readonly #parts: UrgencyParts;
  #busy = false;
  #ran: number;
  #looked: Millis;
  #disarm: () => void;

  constructor(parts: UrgencyParts) {
    const { clock, ran, urge } = parts;
    this.#parts = parts;
    this.#ran = ran();
    this.#looked = clock.now();
    urge(false);
    this.#disarm = clock.after(LOOK_EVERY, this.#look);
  }

  close(): void {
    this.#disarm();
  }

  readonly #look = (): void => {
    const { clock, urge } = this.#parts;
    const [ran, now] = [this.#parts.ran(), clock.now()];
    const busy = ran - this.#ran >= (now - this.#looked) * BUSY_FROM;
    if (busy !== this.#busy) urge(busy);
    this.#busy = busy;
    this.#ran = ran;
    this.#looked = now;
    this.#disarm = clock.after(LOOK_EVERY, this.#look);
  };
}
