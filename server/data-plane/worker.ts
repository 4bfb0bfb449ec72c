import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../errors/app-error.ts";
import { typescriptKernel } from "../mppe/kernel.ts";
import { systemClock } from "../platform/clock.ts";
import { loadMppeKernel } from "../platform/mppe-kernels.ts";
import { openGuardedSocket } from "../platform/raw-socket.ts";
import { makeThreadUrgent } from "../platform/thread-priority.ts";
import { openTunQueue } from "../platform/tun-interface.ts";
import { CounterWriter } from "./counters.ts";
import { GuardWatch } from "./guard-watch.ts";
import { asNews, type LoopNews, perform } from "./loop-messages.ts";
import { OverflowWatch } from "./overflow-watch.ts";
import { PacketLoop } from "./packet-loop.ts";
import { SLOTS } from "./slots.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/** A worker thread: GRE socket, queue of the TUN and the packet loop between them. Started by `packet-worker.ts` alone. */
const port = parentPort!;
const options = workerData as WorkerData;
const post = (message: FromWorker): void => port.postMessage(message);

let loop: PacketLoop | undefined;
let guard: GuardWatch | undefined;

/** News of this turn; one message carries them all. */
let told: LoopNews[] = [];

function tell(news: LoopNews): void {
  if (told.length === 0) queueMicrotask(flush);
  told.push(news);
}

function flush(): void {
  const news = told;
  told = [];
  post({ at: "turn", news });
}

function open(): PacketLoop {
  const { interface: name, worker, of, counters, reorder } = options;
  const gre = openGuardedSocket({ worker, of });
  const writer = new CounterWriter(counters);
  guard = new GuardWatch(gre, systemClock, writer, worker, of);
  return new PacketLoop({
    gre: new OverflowWatch(gre, systemClock, writer),
    tun: openTunQueue(name),
    clock: systemClock,
    counters,
    events: asNews(tell),
    reorder,
    mppe: options.mppe === "native" ? loadMppeKernel() : typescriptKernel(),
    slots: SLOTS,
  });
}

function start(): void {
  try {
    makeThreadUrgent();
    loop = open();
    post({ at: "opened" });
  } catch (error) {
    // The thread ends now, and what it had opened goes with it.
    if (!(error instanceof AppError)) throw error;
    post({ at: "refused", code: error.code, message: error.message });
    port.close();
  }
}

port.on("message", (call: ToWorker) => {
  if (call.call === "start") start();
  else if (loop !== undefined) {
    guard?.before(call);
    perform(loop, call, tell);
  }
  if (call.call === "close") port.close();
});
