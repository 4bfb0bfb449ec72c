/** SIGQUIT is Ctrl-\ in a terminal. Without a listener it would end pacd without a goodbye. */
export const STOPPING = ["SIGTERM", "SIGINT", "SIGQUIT"] as const;

/**
 * Signals that would end a process that does not listen: programs that know servers send SIGUSR1 or SIGUSR2
 * to have a log opened anew.
 */
export const IGNORED = ["SIGUSR1", "SIGUSR2"] as const;

/**
 * Whoever changed the configuration sends it, and so does a terminal that is closed, in which `npm start`
 * runs: a file that has not changed changes nothing. Nohup does not help against that, since Node forgets
 * what it was started to ignore.
 */
export const RELOADING = "SIGHUP";

type Signal = (typeof STOPPING)[number] | (typeof IGNORED)[number] | typeof RELOADING;

/** Listens to signals: requests to stop, one to read the configuration again, and some that end nothing. */
export function listenToSignals(parts: {
  readonly signals: { on(signal: Signal, listener: () => void): unknown };
  readonly stop: () => void;
  readonly reload: () => void;
  readonly note: (sentence: string) => void;
}): void {
  for (const signal of STOPPING) parts.signals.on(signal, parts.stop);
  parts.signals.on(RELOADING, parts.reload);
  for (const signal of IGNORED)
    parts.signals.on(signal, () =>
      parts.note(
        `${signal} came, and pacd goes on: SIGHUP reads the configuration again, SIGTERM stops it, and logs are written to standard error.`,
      ),
    );
}
