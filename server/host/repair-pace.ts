import { type Millis, millis } from "../wire/units.ts";
import { CHECK_EVERY, FIRST_WAIT, IN_A_ROW_WITHIN, LONGEST_WAIT, PROMPT_TRIES } from "./limits.ts";

/**
 * When one thing may be put back: at the next check, a few times in a row. What is undone again and again, or
 * cannot be put back, then waits longer each time: two programs that correct each other help nobody, and fill
 * the log.
 */
export class RepairPace {
  #tries = 0;
  #last = millis(0);

  /** Attempts of which each came within IN_A_ROW_WITHIN of the one before. */
  get tries(): number {
    return this.#tries;
  }

  /** How long the next attempt has to wait yet; 0: not at all. */
  wait(now: Millis): Millis {
    if (this.#tries < PROMPT_TRIES || now - this.#last > IN_A_ROW_WITHIN) return millis(0);
    return millis(Math.max(0, this.#last + this.pause - now));
  }

  /** Between the last attempt and the next. */
  get pause(): Millis {
    if (this.#tries < PROMPT_TRIES) return CHECK_EVERY;
    return millis(Math.min(FIRST_WAIT * 2 ** (this.#tries - PROMPT_TRIES), LONGEST_WAIT));
  }

  tried(now: Millis): void {
    this.#tries = this.#tries > 0 && now - this.#last > IN_A_ROW_WITHIN ? 1 : this.#tries + 1;
    this.#last = now;
  }
}
