import type { AdminTls } from "./admin-tls.ts";
import type { AuditSide } from "./audit-side.ts";
import type { Concentrator } from "./concentrator/concentrator.ts";
import { concentratorPart } from "./concentrator-part.ts";
import type { Conditions } from "./conditions/conditions.ts";
import { rereadConfig } from "./config/reread-config.ts";
import { AppError } from "./errors/app-error.ts";
import { logLevelPart } from "./log-level.ts";
import type { Clock } from "./platform/clock.ts";
import type { createLogger } from "./platform/log.ts";
import { rereadTimeZone } from "./platform/time-zone.ts";
import type { LivePart } from "./reload/live-part.ts";
import { Reloader, type RunningConfig } from "./reload/reloader.ts";
import type { ReloadReport } from "./reload/report.ts";
import { remarks } from "./reload-remarks.ts";
import type { Store } from "./store/store-types.ts";
import { millis } from "./wire/units.ts";

/** Ours: an editor that writes a file in several steps is done with one within this. */
const BETWEEN_LOOKS = millis(50);

/** The parts of a running pacd that a reload reaches. */
interface Reached {
  readonly running: RunningConfig;
  /** Undefined: the built-in defaults. */
  readonly file: string | undefined;
  /** The state directory. */
  readonly directory: string;
  /** Those that may be refused by the host, the ones that are taken back most easily first. */
  readonly parts: readonly LivePart[];
  readonly tls: AdminTls;
  readonly concentrator: Concentrator;
  readonly store: Pick<Store, "users" | "groups">;
  readonly clock: Pick<Clock, "after">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly log: ReturnType<typeof createLogger>;
  /** Told of each reload that succeeded. */
  readonly loaded: (report: ReloadReport) => void;
  readonly audit: Pick<AuditSide, "reloaded" | "reloadRefused">;
  /** Called when a reload begins, and what it returns when that is over. */
  readonly around: () => () => void;
}

/** What reads the configuration again, with everything that it reaches. */
export function reloading(reached: Reached): Reloader {
  const {
    running,
    file,
    directory,
    parts,
    tls,
    concentrator,
    store,
    clock,
    conditions,
    log,
    loaded,
    audit,
    around,
  } = reached;
  const started = running.config;
  const pause = () => new Promise<void>((resolve) => void clock.after(BETWEEN_LOOKS, resolve));
  return new Reloader({
    running,
    file: file ?? null,
    // Without a file there is nothing to read again.
    read: async () => (file === undefined ? started : rereadConfig(file, pause)),
    parts: [
      tls.livePart(),
      ...parts,
      concentratorPart(concentrator),
      addressFile(tls, directory),
      logLevelPart(log),
      timeZone,
    ],
    sessions: concentrator,
    remarks: (next) => remarks(next, running.config, store),
    conditions,
    log,
    loaded,
    signalled: {
      done: (report) => audit.reloaded(report),
      refused(error) {
        if (error instanceof AppError) audit.reloadRefused(file ?? null, error);
      },
    },
    around,
  });
}

/** Where pacctl of this host finds the API. */
const addressFile = (tls: AdminTls, directory: string): LivePart => ({
  name: "address of the API",
  keys: ["admin.listen", "admin.socket", "admin.socket_group"],
  apply: ({ admin }) => ({ undo() {}, finish: () => tls.publish(directory, admin.listen) }),
});

/** Whoever has set another time zone need not wait until pacd notices. */
const timeZone: LivePart = {
  name: "time zone",
  keys: "every reload",
  apply() {
    rereadTimeZone();
    return { undo() {} };
  },
};
