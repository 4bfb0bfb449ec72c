import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../errors/app-error.ts";
import { systemClock } from "../platform/clock.ts";
import { loadMppeKernel } from "../platform/mppe-kernels.ts";
import { isSystemError } from "../platform/native/addon.ts";
import { openRawSocket } from "../platform/raw-socket.ts";
import { openTunTap, type TunTap } from "../platform/tun-tap.ts";
import { asNews, type LoopCall, type LoopNews, perform } from "./loop-messages.ts";
import { PacketLoop } from "./packet-loop.ts";
import { SLOTS } from "./slots.ts";
import type { FromWorker, TunnelInterface, WorkerData } from "./worker-messages.ts";

/** The worker thread: GRE socket, TUN and the packet loop between them. Started by `worker-data-plane.ts` alone. */
const port = parentPort!;
const options = workerData as WorkerData;
const post = (message: FromWorker): void => port.postMessage(message);

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
  const tun = openTunTap(options.interface);
  configure(tun, options);
  const gre = openRawSocket();
  const { counters, reorder } = options;
  const mppe = loadMppeKernel();
  return new PacketLoop({
    gre,
    tun,
    clock: systemClock,
    counters,
    events: asNews(tell),
    reorder,
    mppe,
    slots: SLOTS,
  });
}

/** Throws interface-refused with the kernel's reason. */
function configure(tun: TunTap, { interface: name, localAddress, mtu, routes }: TunnelInterface): void {
  try {
    tun.configure({ local: localAddress, mtu, routes });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = error.code === "EEXIST" ? "another route leads to the pool's network" : error.message;
    throw new AppError("interface-refused", `The tunnel interface ${name} cannot be set up: ${reason}.`);
  }
}

try {
  const loop = open();
  port.on("message", (call: LoopCall) => {
    perform(loop, call, tell);
    if (call.call === "close") port.close();
  });
  post({ at: "opened" });
} catch (error) {
  // The thread ends now, and what it had opened goes with it.
  if (!(error instanceof AppError)) throw error;
  post({ at: "refused", code: error.code, message: error.message });
}
