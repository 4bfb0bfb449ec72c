import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { BETWEEN, FIRST_LOOK, FORGOTTEN_AT_ONCE, HELD_AT_MOST, LOOK_EVERY } from "./limits.ts";

/** In ms. */
const DAY = 86_400_000;

/** Kinds of records that are kept for so many days; `[records]` has a key for each. */
export type KeptKind = "sessions" | "attempts" | "audit";

/** Answers to requests that have a key are kept for a day, whatever is configured. */
const ANSWER_DAYS = 1;

/** A table out of which old records are taken. */
export interface Forgettable {
  readonly kind: KeptKind | "answers";
  /** Forgets what was over before that moment, the oldest first, `most` of it. How many that were. */
  forget(before: string, most: number): Promise<number>;
}

/** How many records of each kind a look has forgotten; those of which there were none are left out. */
export type Forgotten = Readonly<Partial<Record<KeptKind, number>>>;

/** What the retention works with. */
export interface RetentionParts {
  readonly clock: Clock;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly tables: readonly Forgettable[];
  /** Days that this kind is kept, by the configuration of now; 0: for ever. */
  readonly days: (kind: KeptKind) => number;
  /** Is told what a look forgot, where it was anything. */
  readonly forgot: (forgotten: Forgotten) => void;
}

/**
 * Forgets records that are older than the configuration wants them: every hour, in transactions of a few
 * rows, fewer where that takes long, with turns of the event loop between them. What the database does not
 * take now, it does at the next look.
 */
export class Retention {
  readonly #parts: RetentionParts;
  #cancel: () => void;
  #stopped = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
    this.#cancel = parts.clock.after(FIRST_LOOK, () => void this.#look());
  }

  /** Resolves when the transaction under way is over. */
  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #look(): Promise<void> {
    const { clock, log, tables, forgot } = this.#parts;
    const forgotten: Partial<Record<KeptKind, number>> = {};
    try {
      for (const table of tables) {
        const { kind } = table;
        const count = await this.#forgetOld(table, (some) => {
          if (kind !== "answers") forgotten[kind] = some;
        });
        if (count > 0 && kind !== "answers") log.info({ count }, `Forgot ${count} old records: ${kind}`);
      }
    } catch (error) {
      if (isStoreUnavailable(error)) log.warn({}, `Old records could not be forgotten. ${error.message}`);
      else log.error({ err: error }, "Old records could not be forgotten");
    }
    if (Object.keys(forgotten).length > 0) forgot(forgotten);
    if (!this.#stopped) this.#cancel = clock.after(LOOK_EVERY, () => void this.#look());
  }

  async #forgetOld(table: Forgettable, so: (count: number) => void): Promise<number> {
    const { clock, days } = this.#parts;
    let count = 0;
    let most = FORGOTTEN_AT_ONCE;
    while (!this.#stopped) {
      // Asked each time: a reload may have changed it.
      const kept = table.kind === "answers" ? ANSWER_DAYS : days(table.kind);
      if (kept === 0) break;
      const before = new Date(clock.date().getTime() - kept * DAY).toISOString();
      const begun = clock.now();
      const some = await table.forget(before, most);
      const took = clock.now() - begun;
      count += some;
      if (count > 0) so(count);
      if (some < most) break;
      most = took > HELD_AT_MOST ? Math.ceil(most / 2) : Math.min(most + 1, FORGOTTEN_AT_ONCE);
      await new Promise<void>((resolve) => {
        this.#cancel = clock.after(BETWEEN, resolve);
      });
    }
    return count;
  }
}
