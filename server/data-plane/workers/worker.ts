import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../errors/app-error.ts";
import { typescriptKernel } from "../../mppe/kernel.ts";
import { systemClock } from "../../platform/clock.ts";
import { collectGarbage, threadTime } from "../../platform/memory.ts";
import { loadMppeKernel } from "../../platform/mppe-kernels.ts";
import { openGuardedSocket } from "../../platform/raw-socket.ts";
import { raiseThreadPriority } from "../../platform/thread-priority.ts";
import { openTunQueue } from "../../platform/tun-interface.ts";
import { FIRST_LOOP } from "../limits.ts";
import type { LoopReport } from "../loop/loop-messages.ts";
import type { ForwardedPacket } from "../loop/packet-loop.ts";
import { GuardedLoop } from "./guarded-loop.ts";
import { PriorityWatch } from "./priority-watch.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/**
 * A worker thread: GRE socket, queue of the TUN and the packet loop between them. Started by
 * `packet-worker.ts` alone.
 */
const port = parentPort!;
const options = workerData as WorkerData;
const post = (message: FromWorker): void => port.postMessage(message);

let loop: GuardedLoop | undefined;
let priority: PriorityWatch | undefined;

/** Reports of this turn; one message carries them all. */
let reports: LoopReport[] = [];

function report(one: LoopReport): void {
  if (reports.length === 0) queueMicrotask(flush);
  reports.push(one);
}

function flush(): void {
  const all = reports;
  reports = [];
  post({ at: "turn", reports: all });
}

function open(): GuardedLoop {
  const { interface: name, worker, of, locals, counters, reorder, forwardPorts } = options;
  const gre = openGuardedSocket({ worker, of, locals });
  return new GuardedLoop({
    worker,
    of,
    gre,
    tun: openTunQueue(name),
    clock: systemClock,
    counters,
    reorder,
    mppe: options.mppe === "native" ? loadMppeKernel() : typescriptKernel(),
    forward(to, packet) {
      const forwardPort = forwardPorts[to];
      forwardPort?.postMessage(packet);
      return forwardPort !== undefined;
    },
    report,
  });
}

function start(): void {
  try {
    priority = new PriorityWatch({
      clock: systemClock,
      cpuTime: threadTime,
      setPriority: raiseThreadPriority,
    });
    loop = open();
    post({ at: "opened" });
  } catch (error) {
    // The thread ends now, and what it had opened goes with it.
    if (!(error instanceof AppError)) throw error;
    post({ at: "refused", code: error.code, message: error.message });
    port.close();
  }
}

if (options.worker !== FIRST_LOOP)
  options.forwardPorts[FIRST_LOOP]?.on("message", (packet: ForwardedPacket) => loop?.receive(packet)).unref();

// Everything is loaded, and no packet waits yet.
collectGarbage();

port.on("message", (command: ToWorker) => {
  if (command.type === "start") start();
  else if (command.type === "answer") post({ at: "answering" });
  else loop?.perform(command);
  if (command.type === "close") {
    priority?.close();
    port.close();
  }
});
