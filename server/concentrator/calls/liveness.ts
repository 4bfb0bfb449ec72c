import type { Clock } from "../../platform/clock.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Ending } from "../records/ending.ts";
import { ALIVE_AFTER, ALIVE_TRIES } from "./limits.ts";

/** The link that is asked. */
export interface AskedLink {
  /** Sends an LCP Echo-Request at once. */
  echo(): void;
  /** Goes up with everything that comes from the client. */
  signsOfLife(): number;
}

/**
 * Asks one call whether its client is still there, when another dial would be refused for its sake. Whatever
 * comes from the client is an answer; without one the call ends.
 */
export class Liveness {
  readonly #link: AskedLink;
  readonly #gone: (ending: Ending) => void;
  readonly #timers: TimerSet<"answer">;
  #asking: Promise<boolean> | undefined;
  #answer: (alive: boolean) => void = () => {};
  #signs = 0;

  /** `gone` is called where the client is not there any more. */
  constructor(clock: Pick<Clock, "after">, link: AskedLink, gone: (ending: Ending) => void) {
    this.#link = link;
    this.#gone = gone;
    this.#timers = new TimerSet(clock);
  }

  /** Resolves with the answer. Whoever asks meanwhile gets the same one. */
  ask(): Promise<boolean> {
    this.#asking ??= new Promise((resolve) => {
      this.#answer = resolve;
      this.#signs = this.#link.signsOfLife();
      this.#try(1);
    });
    return this.#asking;
  }

  /** Something came from the client. */
  heard(): void {
    this.#settle(true);
  }

  /** The call has ended, for whatever reason. */
  over(): void {
    this.#settle(false);
  }

  #try(count: number): void {
    this.#timers.arm("answer", ALIVE_AFTER, () => {
      if (this.#link.signsOfLife() !== this.#signs) this.#settle(true);
      else if (count < ALIVE_TRIES) this.#try(count + 1);
      else this.#gone(GONE);
    });
    this.#link.echo();
  }

  #settle(alive: boolean): void {
    if (this.#asking === undefined) return;
    this.#asking = undefined;
    this.#timers.clear();
    this.#answer(alive);
  }
}

const GONE: Ending = {
  verdict: "link-lost",
  evidence: `Another dial waited for the place of this one, which answered none of ${ALIVE_TRIES} LCP Echo-Requests within ${(ALIVE_AFTER * ALIVE_TRIES) / 1000} s.`,
};
