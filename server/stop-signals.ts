import type { Clock } from "./platform/clock.ts";
import { seconds } from "./wire/units.ts";

/**
 * Ours: signals this close together are one request. Ctrl-C in `npm start`, or a service manager that ends a whole
 * group, signals pacd and npm, and npm hands its own on to pacd.
 */
export const ONE_REQUEST = seconds(1);

/** SIGHUP: the terminal was closed. Nohup does not help against it, since Node forgets what it was started to ignore. */
type StopSignal = "SIGTERM" | "SIGINT" | "SIGHUP";

/** What a stop touches; tests hand in their own. */
export interface Stopping {
  readonly signals: { on(signal: StopSignal, listener: () => void): unknown };
  readonly clock: Pick<Clock, "now">;
  readonly say: (line: string) => void;
  /** Says goodbye and undoes the start. */
  readonly stop: () => Promise<void>;
  readonly exit: (code: number) => void;
  /** Hears why `stop` failed. */
  readonly failed: (error: Error) => void;
}

/** The first signal stops with goodbyes; one that comes more than ONE_REQUEST later ends at once, with exit code 1. */
export function stopOnSignals({ signals, clock, say, stop, exit, failed }: Stopping): void {
  let since: number | undefined;
  const onSignal = () => {
    if (since !== undefined) {
      if (clock.now() - since > ONE_REQUEST) exit(1);
      return;
    }
    since = clock.now();
    say("Stopping: saying goodbye to the clients ...");
    stop().then(() => exit(0), failed);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) signals.on(signal, onSignal);
}
