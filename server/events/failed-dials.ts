import { TokenBucket } from "../wire/token-bucket.ts";
import type { Millis } from "../wire/units.ts";
import type { EventSink } from "./event-bus.ts";
import { FAILED_AT_ONCE, FAILED_PER_SECOND, FOLD_FOR, MAX_FOLDED } from "./limits.ts";
import type { EventData } from "./register.ts";

/** A dial that failed. */
export type FailedDial = Omit<EventData["dial-failed"], "count" | "leftOut">;

interface Clock {
  now(): Millis;
  after(delay: Millis, task: () => void): () => void;
}

/** Dials of one name and address with one verdict within FOLD_FOR. */
interface Fold {
  /** The latest that is not told. */
  last: FailedDial | undefined;
  count: number;
}

/**
 * Makes events of failed dials, and few of many: the first of one name and address with one verdict is told
 * at once, those that follow within a minute together at its end. A flood from everywhere is told in part,
 * and counted.
 */
export class FailedDials {
  readonly #clock: Clock;
  readonly #sink: EventSink;
  readonly #folds = new Map<string, Fold>();
  readonly #bucket = new TokenBucket(FAILED_AT_ONCE, FAILED_PER_SECOND);
  #leftOut = 0;

  constructor(clock: Clock, sink: EventSink) {
    this.#clock = clock;
    this.#sink = sink;
  }

  failed(dial: FailedDial): void {
    const key = `${dial.clientAddress} ${dial.verdict} ${dial.user ?? ""}`;
    const fold = this.#folds.get(key);
    if (fold !== undefined) {
      fold.last = dial;
      fold.count++;
      return;
    }
    if (this.#folds.size < MAX_FOLDED) this.#open(key);
    this.#tell(dial, 1);
  }

  #open(key: string): void {
    const fold: Fold = { last: undefined, count: 0 };
    this.#folds.set(key, fold);
    this.#clock.after(FOLD_FOR, () => {
      this.#folds.delete(key);
      if (fold.last === undefined) return;
      this.#open(key); // it goes on
      this.#tell(fold.last, fold.count);
    });
  }

  #tell(dial: FailedDial, count: number): void {
    if (!this.#bucket.take(this.#clock.now())) {
      this.#leftOut += count;
      return;
    }
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    this.#sink.publish({
      type: "dial-failed",
      subject: { user: dial.user, addresses: [dial.clientAddress] },
      data: { ...dial, count, leftOut },
    });
  }
}
