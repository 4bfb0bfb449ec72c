import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import { millis } from "../../wire/units.ts";
import { CHECKED_AT_ONCE, CLOCK_CHECK_EVERY, CLOCK_STEP } from "./limits.ts";

/** A session whose user's policy knows dates or hours. */
export interface TimedSession {
  /** Holds it against the policy, now. */
  checkPolicy(): void;
}

export interface ClockWatchParts {
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
  /** Takes over the time zone of the host, which an administrator may change. */
  readonly rereadTimeZone: () => void;
  /** Those that are up now. */
  readonly sessions: () => readonly TimedSession[];
}

/**
 * Notices that the wall clock was set, that the host slept, or that its offset from UTC changed (summer time,
 * another time zone), and has every session checked: their own timers count the time that passes, and know
 * nothing of it.
 */
export class ClockWatch {
  readonly #parts: ClockWatchParts;
  /** Wall clock less monotonic clock, as it was when that was last in order. */
  #ahead: number;
  #zone: number;
  #cancel: () => void;

  constructor(parts: ClockWatchParts) {
    this.#parts = parts;
    this.#ahead = this.#aheadNow();
    this.#zone = parts.clock.date().getTimezoneOffset();
    this.#cancel = this.#scheduled();
  }

  stop(): void {
    this.#cancel();
  }

  #scheduled(): () => void {
    return this.#parts.clock.after(CLOCK_CHECK_EVERY, () => {
      this.#cancel = this.#scheduled();
      this.#check();
    });
  }

  #check(): void {
    const { clock, log, rereadTimeZone } = this.#parts;
    rereadTimeZone();
    const zone = clock.date().getTimezoneOffset();
    const step = this.#aheadNow() - this.#ahead;
    const wasSet = Math.abs(step) >= CLOCK_STEP;
    if (!wasSet && zone === this.#zone) return;
    if (wasSet) {
      this.#ahead += step;
      const seconds = Math.round(Math.abs(step) / 100) / 10;
      const words = `The clock of this host was set ${step < 0 ? "back" : "forward"} by ${seconds} s, or the host slept`;
      log.warn(
        { seconds: step < 0 ? -seconds : seconds },
        `${words}; sessions are held against their users' dates and hours anew`,
      );
    }
    if (zone !== this.#zone)
      log.warn({ minutes: -zone }, "The local time of this host has another offset from UTC now");
    this.#zone = zone;
    this.#checkSessions(this.#parts.sessions());
  }

  /** Some at a time: thousands of them must not keep a dial waiting. */
  #checkSessions(sessions: readonly TimedSession[]): void {
    for (const session of sessions.slice(0, CHECKED_AT_ONCE)) session.checkPolicy();
    const rest = sessions.slice(CHECKED_AT_ONCE);
    if (rest.length > 0) this.#parts.clock.after(millis(0), () => this.#checkSessions(rest));
  }

  #aheadNow(): number {
    const { clock } = this.#parts;
    return clock.date().getTime() - clock.now();
  }
}
