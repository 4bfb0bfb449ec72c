import type { Clock } from "../../platform/clock.ts";
import { type Millis, millis } from "../../wire/units.ts";

/**
 * For how long one session has not been used. The data plane says when the last packet passed by the wall
 * clock, which somebody may set; the time that has passed is measured by the monotonic one.
 */
export class IdleTime {
  readonly #clock: Pick<Clock, "now" | "date">;
  readonly #lastActivity: () => number;
  /** How long it had not been used when that was last asked, when that was, and when the last use was. */
  #idle = millis(0);
  #askedAt: number;
  #usedAt = 0;
  /** Wall clock less monotonic clock, then. */
  #ahead: number;

  /**
   * The session comes up now. `lastActivity`: when it was used last, by the wall clock in ms; 0 for never.
   */
  constructor(clock: Pick<Clock, "now" | "date">, lastActivity: () => number) {
    this.#clock = clock;
    this.#lastActivity = lastActivity;
    this.#askedAt = clock.now();
    this.#ahead = clock.date().getTime() - this.#askedAt;
  }

  /** Since the session was last used, or since it came up. */
  now(): Millis {
    const usedAt = this.#lastActivity();
    const now = this.#clock.now();
    const ahead = this.#clock.date().getTime() - now;
    const idle =
      usedAt === this.#usedAt ? this.#idle + now - this.#askedAt : now - this.#monotonic(usedAt, now, ahead);
    this.#idle = millis(idle);
    this.#usedAt = usedAt;
    this.#askedAt = now;
    this.#ahead = ahead;
    return this.#idle;
  }

  /**
   * The monotonic clock when the session was used last, which was after it was asked last. The wall clock may
   * have been set since then, before that use or after it: what lies between the last question and now is
   * right.
   */
  #monotonic(usedAt: number, now: Millis, ahead: number): number {
    const times = [usedAt - this.#ahead, usedAt - ahead];
    const possible = times.filter((time) => time >= this.#askedAt - 1 && time <= now + 1);
    return possible.length === 0 ? now : Math.min(now, Math.max(...possible));
  }
}
