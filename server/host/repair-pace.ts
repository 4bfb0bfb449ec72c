import { type Millis, millis } from "../wire/units.ts";
import { CALM, FIRST_WAIT, LONGEST_WAIT, LOOK_EVERY, UNHURRIED_AFTER } from "./limits.ts";

/**
 * When one thing may be put back: at the next look, a few times in a row. What is undone again and again, or
 * cannot be put back, then waits longer each time: two programs that correct each other help nobody, and fill
 * the log.
 */
export class RepairPace {
  #tries = 0;
  #last = millis(0);

  /** Attempts of which each came within CALM of the one before. */
  get tries(): number {
    return this.#tries;
  }

  /** How long the next attempt has to wait yet; 0: not at all. */
  wait(now: Millis): Millis {
    if (this.#tries < UNHURRIED_AFTER || now - this.#last > CALM) return millis(0);
    return millis(Math.max(0, this.#last + this.pause - now));
  }

  /** Between the last attempt and the next. */
  get pause(): Millis {
    if (this.#tries < UNHURRIED_AFTER) return LOOK_EVERY;
    return millis(Math.min(FIRST_WAIT * 2 ** (this.#tries - UNHURRIED_AFTER), LONGEST_WAIT));
  }

  tried(now: Millis): void {
    this.#tries = this.#tries > 0 && now - this.#last > CALM ? 1 : this.#tries + 1;
    this.#last = now;
  }
}
