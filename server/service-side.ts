import type { Condition } from "./conditions/conditions.ts";
import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/log.ts";
import type { ServiceManager } from "./platform/service-manager.ts";
import { type Millis, millis, seconds } from "./wire/units.ts";

/** Ours: so often the line of `systemctl status` is looked at, and packet threads are asked. */
const LOOK_EVERY: Millis = seconds(2);

/** Ours: looks within the manager's watchdog time, so that one of them may come late. */
const LOOKS_A_WATCHDOG = 4;

/** Ours: looks without an answer until the log says so. */
const UNANSWERED = 2;

export interface ServiceSideParts {
  readonly manager: Pick<ServiceManager, "ready" | "reloading" | "stopping" | "status" | "alive">;
  /** Milliseconds in which the manager wants to hear that pacd is alive; undefined: it does not. */
  readonly watchdog: number | undefined;
  readonly clock: Pick<Clock, "after">;
  readonly log: Pick<Logger, "error" | "warn">;
  /** One line: what pacd does now. */
  status(): string;
  /** Resolves when every thread that carries packets has answered. */
  answers(): Promise<unknown>;
}

/**
 * The service manager's view of a running pacd. It hears that pacd is alive only while the event loop turns
 * and every packet thread answers; whatever takes long within a thread, but not as long as the watchdog's
 * time, is none of its business.
 */
export class ServiceSide {
  readonly #parts: ServiceSideParts;
  readonly #every: Millis;
  #told = "";
  /** Looks since the threads were asked; undefined: they have answered. */
  #waiting: number | undefined;
  #cancel: () => void = () => {};
  #ended = false;

  constructor(parts: ServiceSideParts) {
    this.#parts = parts;
    const { watchdog } = parts;
    this.#every =
      watchdog === undefined ? LOOK_EVERY : millis(Math.min(LOOK_EVERY, watchdog / LOOKS_A_WATCHDOG));
  }

  /** pacd serves from now on. */
  begin(): void {
    this.#told = this.#parts.status();
    this.#parts.manager.ready(this.#told);
    this.#look();
  }

  /** The configuration is read anew; call what is returned when that is done, whatever came of it. */
  reloading(): () => void {
    this.#parts.manager.reloading();
    return () => {
      if (!this.#ended) this.#parts.manager.ready(this.#parts.status());
    };
  }

  /** pacd ends. `why`: where it cannot go on. */
  end(why: string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancel();
    this.#parts.manager.stopping(why === undefined ? "Saying goodbye to the clients" : `Ending: ${why}`);
  }

  readonly #look = (): void => {
    const { manager, clock, log } = this.#parts;
    const status = this.#parts.status();
    if (status !== this.#told) manager.status(status);
    this.#told = status;
    if (this.#parts.watchdog !== undefined) {
      if (this.#waiting === undefined) {
        manager.alive();
        this.#ask();
      } else {
        this.#waiting += 1;
        if (this.#waiting === UNANSWERED)
          log.error(
            {},
            "A thread that carries packets does not answer. Unless it does, the service manager starts pacd anew.",
          );
      }
    }
    this.#cancel = clock.after(this.#every, this.#look);
  };

  #ask(): void {
    this.#waiting = 0;
    this.#parts.answers().then(
      () => {
        const late = this.#waiting !== undefined && this.#waiting >= UNANSWERED;
        if (late) this.#parts.log.warn({}, "The thread that carries packets answers again.");
        this.#waiting = undefined;
      },
      () => {}, // it is gone: then pacd ends by itself
    );
  }
}

/** What `systemctl status` shows. */
export function serviceStatus(sessions: number, conditions: readonly Condition[]): string {
  const up = sessions === 1 ? "1 session is up" : `${sessions} sessions are up`;
  const [first, ...others] = [...conditions].sort((a, b) => Number(a.ready) - Number(b.ready));
  if (first === undefined) return up;
  const more = others.length === 0 ? "" : ` (and ${others.length} more: pacctl status)`;
  return `${up}; ${first.code}: ${first.sentence}${more}`;
}
