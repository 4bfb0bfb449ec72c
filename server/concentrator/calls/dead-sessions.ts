import type { Clock } from "../../platform/clock.ts";
import type { UserPlaces } from "../policy/user-places.ts";
import { DEAD_SESSIONS_EVERY } from "./limits.ts";

/**
 * Ends the sessions whose clients have vanished, where a dial finds no address or no room because of them.
 */
export class DeadSessions {
  readonly #clock: Pick<Clock, "now">;
  readonly #places: Pick<UserPlaces, "holders">;
  #clearing: Promise<void> | undefined;
  #next = 0;

  constructor(clock: Pick<Clock, "now">, places: Pick<UserPlaces, "holders">) {
    this.#clock = clock;
    this.#places = places;
  }

  /**
   * Asks all of them at once, and resolves when each has answered or ended; at once where that was done just
   * now.
   */
  clear(): Promise<void> {
    if (this.#clearing !== undefined) return this.#clearing;
    if (this.#clock.now() < this.#next) return Promise.resolve();
    const answers = this.#places.holders().map((holder) => holder.alive());
    this.#clearing = Promise.all(answers).then(() => {
      this.#clearing = undefined;
      this.#next = this.#clock.now() + DEAD_SESSIONS_EVERY;
    });
    return this.#clearing;
  }
}
