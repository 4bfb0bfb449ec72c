import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/log.ts";
import { seconds } from "./wire/units.ts";

/**
 * Ours: requests to stop this close together are one. Ctrl-C in `npm start`, or a service manager that ends a
 * whole group, signals pacd and npm, and npm hands its own on to pacd.
 */
export const ONE_REQUEST = seconds(1);

/** Ours: goodbyes, records and the API end within a few seconds; what takes longer than this hangs. */
export const END_LIMIT = seconds(15);

/** Exit codes of `pacd serve` once it has begun to end; docs/exit-codes.md has all of them. */
export const EXIT = { stopped: 0, cutShort: 1, stopFailed: 70, startAgain: 75 } as const;

/** What the end of the process touches; tests hand in their own. */
export interface ProcessEndParts {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly log: Pick<Logger, "error">;
  readonly say: (line: string) => void;
  /**
   * Says goodbye and undoes the start. `failure`: the sentence that the sessions' records get; undefined for
   * a stop as told.
   */
  readonly stop: (failure?: string) => Promise<void>;
  readonly exit: (code: number) => void;
}

/**
 * How the process ends, by a request or because it cannot go on: once, with goodbyes, and within END_LIMIT. A
 * second request that comes more than ONE_REQUEST after the first ends it at once.
 */
export class ProcessEnd {
  readonly #parts: ProcessEndParts;
  #askedAt: number | undefined;
  #failed = false;
  #begun = false;

  constructor(parts: ProcessEndParts) {
    this.#parts = parts;
  }

  /** Somebody wants pacd to stop. */
  request(): void {
    const { clock, say, exit } = this.#parts;
    if (this.#askedAt !== undefined) {
      if (clock.now() - this.#askedAt > ONE_REQUEST) exit(this.#failed ? EXIT.startAgain : EXIT.cutShort);
      return;
    }
    this.#askedAt = clock.now();
    if (this.#begun) return;
    say("Stopping: saying goodbye to the clients ...");
    this.#begin(undefined, EXIT.stopped, EXIT.stopFailed, EXIT.cutShort);
  }

  /**
   * pacd cannot go on. `sentence` says why in the operator's words; `error` is the mistake of ours behind it,
   * for the log.
   */
  fail(sentence: string, error?: unknown): void {
    const { log, say } = this.#parts;
    if (this.#begun) {
      log.error({ err: error }, `While pacd ended: ${sentence}`);
      return;
    }
    this.#failed = true;
    log.error(
      { err: error, exitCode: EXIT.startAgain },
      `${sentence} pacd says goodbye to the clients and ends with exit code ${EXIT.startAgain}: start it again.`,
    );
    say(`Ending: ${sentence}`);
    this.#begin(sentence, EXIT.startAgain, EXIT.startAgain, EXIT.startAgain);
  }

  #begin(failure: string | undefined, done: number, failed: number, hung: number): void {
    const { clock, log, stop, exit } = this.#parts;
    this.#begun = true;
    clock.after(END_LIMIT, () => {
      log.error(
        {},
        `The end took longer than ${END_LIMIT / 1000} s; pacd ends without waiting for the rest.`,
      );
      exit(hung);
    });
    stop(failure).then(
      () => exit(done),
      (error: unknown) => {
        log.error({ err: error }, "pacd could not end as it should: the error says what failed.");
        exit(failed);
      },
    );
  }
}
