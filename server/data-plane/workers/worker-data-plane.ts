import { MessageChannel, type MessagePort } from "node:worker_threads";
import { AppError } from "../../errors/app-error.ts";
import type { ClientRoutes } from "../../platform/client-routes.ts";
import { isSystemError } from "../../platform/native/addon.ts";
import { interfaceGone } from "../../platform/tun-failure.ts";
import { openTunInterface } from "../../platform/tun-interface.ts";
import type { TunSettings } from "../../platform/tun-settings.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Octets } from "../../wire/units.ts";
import { counterMemories } from "../counters.ts";
import type { DataPlane, DataPlaneEvents, ReorderLimits } from "../data-plane.ts";
import { FIRST_LOOP, MAX_TUNNELS } from "../limits.ts";
import { Dispatcher } from "./dispatcher.ts";
import { launchPacketWorker, type PacketWorker } from "./packet-worker.ts";
import type { ClientQueues } from "./steering.ts";
import type { MppeChoice } from "./worker-messages.ts";

/** What the operator has set. */
export interface DataPlaneOptions {
  /** Name of the TUN, for example "pac0". */
  readonly interface: string;
  /** The concentrator's own inner address. */
  readonly localAddress: Ipv4;
  readonly mtu: Octets;
  /** What is routed to the TUN. */
  readonly routes: ClientRoutes;
  /** Addresses that clients dial, whose GRE is ours: 16 at most; none: all that this host has. */
  readonly dialled?: readonly Ipv4[];
  readonly reorder: ReorderLimits;
  /** Worker threads; where the kernel cannot spread packets over them, one is started. */
  readonly workers: number;
  readonly mppe: MppeChoice;
}

/** The TUN interface, as the main thread has it. */
export interface WorkersTun extends ClientQueues {
  /** As many as asked for, or 1 where the kernel cannot spread packets over them. */
  readonly queues: number;
  configure(settings: TunSettings): void;
}

/** Where interface and threads come from. */
export interface DataPlaneHost {
  openTunInterface(name: string, queues: number): WorkersTun;
  launchPacketWorker: typeof launchPacketWorker;
}

/** A data plane whose threads can be asked whether they still do something. */
export interface WorkerDataPlane extends DataPlane {
  /** Resolves when each of them has answered. */
  answers(): Promise<unknown>;
}

/**
 * Sets up the TUN interface and starts the workers, each with a GRE socket and a queue of its own. Rejects
 * with AppError, one sentence for the operator, where the host refuses something: host-no-addon, host-no-tun,
 * host-no-raw-socket, interface-in-use, interface-refused. What had been opened is closed by then.
 */
export async function startDataPlane(
  options: DataPlaneOptions,
  events: DataPlaneEvents,
  host: DataPlaneHost = { openTunInterface, launchPacketWorker },
): Promise<WorkerDataPlane> {
  const tun = host.openTunInterface(options.interface, options.workers);
  let workers: readonly PacketWorker[] = [];
  let dispatcher: Dispatcher | undefined;
  let death: Error | undefined;

  const died = (worker: number, error: Error): void => {
    dispatcher?.ended();
    // The first death ends the process, and gives the reason.
    if (dispatcher !== undefined && death === undefined)
      events.crashed(deathOf(options.interface, worker, error));
    death ??= error;
  };
  try {
    configure(tun, options);
    const counters = counterMemories(MAX_TUNNELS, tun.queues);
    const forwardPorts = portsBetween(tun.queues);
    workers = counters.map((memory, worker) => {
      const { interface: name, dialled: locals = [], reorder, mppe } = options;
      const data = {
        interface: name,
        worker,
        of: tun.queues,
        locals,
        counters: memory,
        reorder,
        mppe,
        forwardPorts: forwardPorts[worker]!,
      };
      return host.launchPacketWorker(data, {
        report: (report) => dispatcher?.handle(report),
        died: (error) => died(worker, error),
      });
    });
    // One after another: the kernel numbers the queues in the order in which they are opened.
    for (const worker of workers) await worker.open();
    if (death !== undefined) throw death;
    const { dialled = [], routes } = options;
    dispatcher = new Dispatcher({ links: workers, counters, queues: routed(tun, routes), events, dialled });
    return Object.assign(dispatcher, {
      answers: () => Promise.all(workers.map((worker) => worker.answer())),
    });
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.close()));
    tun.close();
    throw error;
  }
}

/** The queues of a TUN; an address that gets one has a route into it, and before it. */
const routed = (tun: WorkersTun, routes: ClientRoutes): ClientQueues => ({
  steer(address, loop) {
    routes.open(address);
    tun.steer(address, loop);
  },
  unsteer(address) {
    routes.close(address);
    tun.unsteer(address);
  },
  overflowed: () => tun.overflowed(),
  close: () => tun.close(),
});

/** Of each worker its `forwardPorts`. */
function portsBetween(workers: number): readonly (readonly (MessagePort | undefined)[])[] {
  const channels = Array.from({ length: workers }, (_, worker) =>
    worker === FIRST_LOOP ? undefined : new MessageChannel(),
  );
  return channels.map((channel, worker) =>
    worker === FIRST_LOOP ? channels.map((to) => to?.port1) : [channel?.port2],
  );
}

/**
 * In the operator's words. A worker that has lost its queue made no mistake, so there is no cause to look at.
 */
function deathOf(name: string, worker: number, cause: Error): Error {
  if (isSystemError(cause) && cause.code === "ENODEV") return new Error(interfaceGone(name));
  return new Error(
    `Thread ${worker} of those that carry packets died (${cause.message}), and its clients' packets with it.`,
    { cause },
  );
}

/** Throws interface-refused with the kernel's reason. */
function configure(tun: WorkersTun, { interface: name, localAddress, mtu, routes }: DataPlaneOptions): void {
  try {
    tun.configure({ local: localAddress, mtu, routes: routes.networks });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = error.code === "EEXIST" ? "another route leads to the pool's network" : error.message;
    throw new AppError("interface-refused", `The tunnel interface ${name} cannot be set up: ${reason}.`);
  }
}
