import type { Clock } from "../platform/clock.ts";

/** The time, read once for a whole batch of packets. */
export class BatchClock {
  /** Monotonic, in milliseconds: for rates. */
  now = 0;
  /** Milliseconds of the Unix epoch: for records. */
  epoch = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(): void {
    this.now = this.#clock.now();
    this.epoch = this.#clock.date().getTime();
  }
}
