/** SIGQUIT is Ctrl-\ in a terminal. Without a listener it would end pacd without a goodbye. */
export const STOPPING = ["SIGTERM", "SIGINT", "SIGQUIT"] as const;

/**
 * Signals that would end a process that does not listen: a terminal that is closed sends SIGHUP, and programs
 * that know servers send SIGHUP, SIGUSR1 or SIGUSR2 to have a configuration or a log read anew. Nohup does
 * not help against the first, since Node forgets what it was started to ignore.
 */
export const IGNORED = ["SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

type Signal = (typeof STOPPING)[number] | (typeof IGNORED)[number];

/** Listens to signals: some are requests to stop, the others end nothing and are told to the log. */
export function listenToSignals(parts: {
  readonly signals: { on(signal: Signal, listener: () => void): unknown };
  readonly stop: () => void;
  readonly note: (sentence: string) => void;
}): void {
  for (const signal of STOPPING) parts.signals.on(signal, parts.stop);
  for (const signal of IGNORED)
    parts.signals.on(signal, () =>
      parts.note(
        `${signal} came. pacd goes on, and reads nothing anew: restart it to apply a changed configuration, and stop it with SIGTERM.`,
      ),
    );
}
