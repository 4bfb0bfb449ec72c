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

/** Is told that a condition began to hold, or is over. */
export interface ConditionWatcher {
  raised(condition: Pick<Condition, "code" | "subject" | "sentence" | "ready">): void;
  cleared(condition: Pick<Condition, "code" | "subject"> & { readonly lasted: Millis }): void;
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
  #watcher: ConditionWatcher | undefined;

  constructor(clock: Pick<Clock, "now" | "date">, log: Pick<Logger, "warn" | "info">) {
    this.#clock = clock;
    this.#log = log;
  }

  /** From here on; what holds already is told at once. */
  watch(watcher: ConditionWatcher): void {
    this.#watcher = watcher;
    for (const condition of this.all()) watcher.raised(condition);
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
    if (before !== undefined) return;
    this.#log.warn(fields(code, subject), sentence);
    this.#watcher?.raised({ code, subject, sentence, ready: CONDITIONS[code].ready });
  }

  /** It does not hold, or no longer. */
  clear(code: ConditionCode, subject = ""): void {
    const ofCode = this.#held.get(code);
    const held = ofCode?.get(subject);
    if (ofCode === undefined || held === undefined) return;
    ofCode.delete(subject);
    if (ofCode.size === 0) this.#held.delete(code);
    const lasted = millis(Math.round(this.#clock.now() - held.from));
    this.#log.info({ ...fields(code, subject), lastedMs: lasted }, "This is over");
    this.#watcher?.cleared({ code, subject, lasted });
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
