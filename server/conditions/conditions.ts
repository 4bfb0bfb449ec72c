import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import { type Millis, millis } from "../wire/units.ts";
import { CONDITIONS, type ConditionCode } from "./register.ts";

/** Something that holds now. */
export interface Condition {
  readonly code: ConditionCode;
  /** Which one of several, such as a pool's name; "" where there can be one only. */
  readonly subject: string;
  /** Wall-clock time, ISO 8601: since then without a break. */
  readonly since: string;
  /** How long it has held, by the monotonic clock, which nobody sets back. */
  readonly lasts: Millis;
  /** What was seen and what to do. */
  readonly sentence: string;
  /** May clients be sent here all the same? */
  readonly ready: boolean;
}

interface Held {
  readonly since: string;
  readonly from: Millis;
  readonly sentence: string;
}

/**
 * What holds at this moment, for status, readiness, metrics and log. Whoever watches something raises its
 * condition each time it looks, and clears it when it is over: only the change is logged, at warn and at
 * info.
 */
export class Conditions {
  readonly #clock: Pick<Clock, "now" | "date">;
  readonly #log: Pick<Logger, "warn" | "info">;
  readonly #held = new Map<ConditionCode, Map<string, Held>>();

  constructor(clock: Pick<Clock, "now" | "date">, log: Pick<Logger, "warn" | "info">) {
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * It holds. `sentence` may change while it does; the time since which it holds stays, and nothing is logged
   * again.
   */
  raise(code: ConditionCode, sentence: string, subject = ""): void {
    const ofCode = this.#held.get(code) ?? new Map<string, Held>();
    this.#held.set(code, ofCode);
    const before = ofCode.get(subject);
    ofCode.set(subject, {
      since: before?.since ?? this.#clock.date().toISOString(),
      from: before?.from ?? this.#clock.now(),
      sentence,
    });
    if (before === undefined) this.#log.warn(fields(code, subject), sentence);
  }

  /** It does not hold, or no longer. */
  clear(code: ConditionCode, subject = ""): void {
    const ofCode = this.#held.get(code);
    const held = ofCode?.get(subject);
    if (ofCode === undefined || held === undefined) return;
    ofCode.delete(subject);
    if (ofCode.size === 0) this.#held.delete(code);
    const lasted = Math.round(this.#clock.now() - held.from);
    this.#log.info({ ...fields(code, subject), lastedMs: lasted }, "This is over");
  }

  /** All that hold, those since the longest first. */
  all(): readonly Condition[] {
    const now = this.#clock.now();
    return [...this.#held]
      .flatMap(([code, ofCode]) =>
        [...ofCode].map(([subject, { since, from, sentence }]) => {
          const lasts = millis(now - from);
          return { code, subject, since, lasts, sentence, ready: CONDITIONS[code].ready };
        }),
      )
      .sort((a, b) => b.lasts - a.lasts);
  }
}

const fields = (condition: ConditionCode, subject: string) =>
  subject === "" ? { condition } : { condition, subject };
