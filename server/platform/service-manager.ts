import { isSystemError, loadAddon } from "./native/addon.ts";

/**
 * What a service manager, mostly systemd, told the process by its environment (sd_notify(3),
 * sd_listen_fds(3)).
 */
export interface ManagerEnvironment {
  /** Where it listens; undefined: there is none, or it does not want to hear of us. */
  readonly socket: string | undefined;
  /** It wants to hear that we are alive at least so often, in milliseconds; undefined: it does not. */
  readonly watchdog: number | undefined;
  /** A folder of our own for sockets, which goes when we end; undefined: there is none. */
  readonly runtimeDirectory: string | undefined;
  /** Descriptors that it handed over, with the names that they have for it. */
  readonly handedOver: readonly { readonly descriptor: number; readonly name: string }[];
}

/** SD_LISTEN_FDS_START. */
const FIRST_HANDED_OVER = 3;

const NAMES = [
  "NOTIFY_SOCKET",
  "WATCHDOG_USEC",
  "WATCHDOG_PID",
  "LISTEN_FDS",
  "LISTEN_PID",
  "LISTEN_FDNAMES",
  "RUNTIME_DIRECTORY",
];

/**
 * Takes what is meant for the process `pid` out of `environment`, so that no program which pacd starts takes
 * it for its own. What is meant for another process is taken out as well, and ignored.
 */
export function takeManagerEnvironment(
  environment: Record<string, string | undefined>,
  pid: number,
): ManagerEnvironment {
  const found = new Map(NAMES.map((name) => [name, environment[name]]));
  for (const name of NAMES) delete environment[name];
  const count = ours(found.get("LISTEN_PID"), pid) ? Number(found.get("LISTEN_FDS") ?? 0) : 0;
  const names = (found.get("LISTEN_FDNAMES") ?? "").split(":");
  const watchdog = Number(found.get("WATCHDOG_USEC") ?? 0) / 1000;
  const forUs = found.get("WATCHDOG_PID") === undefined || ours(found.get("WATCHDOG_PID"), pid);
  const socket = found.get("NOTIFY_SOCKET");
  return {
    socket: socket !== undefined && /^[/@]./.test(socket) ? socket : undefined,
    watchdog: watchdog > 0 && forUs ? watchdog : undefined,
    // Of several, which a colon parts, the first.
    runtimeDirectory: /^\/[^:]+/.exec(found.get("RUNTIME_DIRECTORY") ?? "")?.[0],
    handedOver: Array.from({ length: Number.isInteger(count) ? count : 0 }, (_, index) => ({
      descriptor: FIRST_HANDED_OVER + index,
      name: names[index] ?? "",
    })),
  };
}

const ours = (told: string | undefined, pid: number): boolean => told === `${pid}`;

/** A person looks at one line of `systemctl status`. */
const MAX_STATUS = 300;

/** How long a message may wait for a manager that is busy, in milliseconds. */
const WAIT = 500;

const NO_DESCRIPTOR = new Uint32Array(0);

/**
 * What pacd tells the service manager. Where there is none, nothing happens; what cannot be delivered is
 * lost, and the manager's time-outs then do what they are for.
 */
export class ServiceManager {
  readonly #socket: string | undefined;

  constructor({ socket }: Pick<ManagerEnvironment, "socket">) {
    this.#socket = socket;
  }

  /** pacd serves from now on, or again after `reloading`. */
  ready(status: string): void {
    this.#tell("READY=1", statusLine(status));
  }

  /** The configuration is read anew; `ready` follows. */
  reloading(): void {
    // systemd from 253 on compares this with the time of its request.
    this.#tell("RELOADING=1", `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`);
  }

  stopping(status: string): void {
    this.#tell("STOPPING=1", statusLine(status));
  }

  /** One line that `systemctl status` shows. */
  status(text: string): void {
    this.#tell(statusLine(text));
  }

  alive(): void {
    this.#tell("WATCHDOG=1");
  }

  /**
   * Hands a socket over, which the next start gets back: after a restart and after a crash, not after a stop.
   * `name`: see `handedOver`; letters, digits, dots and hyphens.
   */
  keepSocket(descriptor: number, name: string): void {
    this.#deliver(["FDSTORE=1", `FDNAME=${name}`, "FDPOLL=0"], Uint32Array.of(descriptor));
  }

  /** Those of that name are no longer kept, from when the manager has read this. */
  dropSocket(name: string): void {
    this.#tell("FDSTOREREMOVE=1", `FDNAME=${name}`);
  }

  #tell(...lines: readonly string[]): void {
    this.#deliver(lines, NO_DESCRIPTOR);
  }

  #deliver(lines: readonly string[], descriptor: Uint32Array): void {
    if (this.#socket === undefined) return;
    try {
      loadAddon().sendDatagram(this.#socket, Buffer.from(lines.join("\n")), descriptor, WAIT);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
}

/** A line break would begin another assignment. */
const statusLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, " ");
  return `STATUS=${line.length > MAX_STATUS ? `${line.slice(0, MAX_STATUS - 1)}…` : line}`;
};
