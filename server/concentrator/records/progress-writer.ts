import type { Clock } from "../../platform/clock.ts";
import type { Records } from "../../store/store-types.ts";
import { PROGRESS_EVERY } from "./limits.ts";

/** What interim accounting needs of the server around it. */
export interface ProgressParts {
  readonly clock: Pick<Clock, "after">;
  readonly records: Pick<Records, "progress">;
  /** The counters of each session that is up. */
  readonly sessions: () => Parameters<Records["progress"]>[0];
}

/**
 * Interim accounting: every half minute the counters of all sessions go on record, so that a kill loses
 * little.
 */
export class ProgressWriter {
  readonly #parts: ProgressParts;
  #cancel: () => void;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
    this.#cancel = this.#scheduled();
  }

  stop(): void {
    this.#cancel();
  }

  #scheduled(): () => void {
    const { clock, records, sessions } = this.#parts;
    return clock.after(PROGRESS_EVERY, () => {
      records.progress(sessions());
      this.#cancel = this.#scheduled();
    });
  }
}
