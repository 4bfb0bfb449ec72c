import type { Clock } from "../../platform/clock.ts";
import type { PlaceHolder } from "../policy/user-places.ts";
import { DEAD_SESSIONS_EVERY } from "./limits.ts";

/** Where the calls are found that may have a place: the registry. */
export interface CallsToAsk {
  all(): readonly Pick<PlaceHolder, "place" | "alive">[];
}

/**
 * Ends the sessions whose clients have vanished, where a dial finds no address or no room because of them.
 */
export class DeadSessions {
  readonly #clock: Pick<Clock, "now">;
  readonly #calls: CallsToAsk;
  #clearing: Promise<void> | undefined;
  #next = 0;

  constructor(clock: Pick<Clock, "now">, calls: CallsToAsk) {
    this.#clock = clock;
    this.#calls = calls;
  }

  /**
   * Asks all that have a place at once, and resolves when each has answered or ended; at once where that was
   * done just now.
   */
  clear(): Promise<void> {
    if (this.#clearing !== undefined) return this.#clearing;
    if (this.#clock.now() < this.#next) return Promise.resolve();
    const asked = this.#calls.all().filter(({ place }) => place !== undefined);
    const answers = asked.map((call) => call.alive());
    this.#clearing = Promise.all(answers).then(() => {
      this.#clearing = undefined;
      this.#next = this.#clock.now() + DEAD_SESSIONS_EVERY;
    });
    return this.#clearing;
  }
}
