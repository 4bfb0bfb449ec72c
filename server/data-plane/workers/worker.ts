import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../errors/app-error.ts";
import { typescriptKernel } from "../../mppe/kernel.ts";
import { systemClock } from "../../platform/clock.ts";
import { loadMppeKernel } from "../../platform/mppe-kernels.ts";
import { openGuardedSocket } from "../../platform/raw-socket.ts";
import { makeThreadUrgent } from "../../platform/thread-priority.ts";
import { openTunQueue } from "../../platform/tun-interface.ts";
import { ipv4 } from "../../wire/ipv4.ts";
import { CounterWriter } from "../counters.ts";
import { FIRST_LOOP } from "../limits.ts";
import { asNews, type LoopNews, perform } from "../loop/loop-messages.ts";
import { type CarriedPacket, PacketLoop } from "../loop/packet-loop.ts";
import { GuardWatch } from "./guard-watch.ts";
import { OverflowWatch } from "./overflow-watch.ts";
import { UrgencyWatch } from "./priority-watch.ts";
import { SLOTS } from "./slot-allocator.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/**
 * A worker thread: GRE socket, queue of the TUN and the packet loop between them. Started by
 * `packet-worker.ts` alone.
 */
const port = parentPort!;
const options = workerData as WorkerData;
const post = (message: FromWorker): void => port.postMessage(message);

let loop: PacketLoop | undefined;
let guard: GuardWatch | undefined;
let urgency: UrgencyWatch | undefined;

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
  const { interface: name, worker, of, locals, counters, reorder, ways } = options;
  const gre = openGuardedSocket({ worker, of, locals });
  const writer = new CounterWriter(counters);
  const watch = new GuardWatch({ guard: gre, clock: systemClock, counters: writer, worker, of, tell });
  guard = watch;
  return new PacketLoop({
    gre: new OverflowWatch(gre, systemClock, writer),
    tun: openTunQueue(name),
    clock: systemClock,
    counters,
    events: asNews(tell),
    reorder,
    mppe: options.mppe === "native" ? loadMppeKernel() : typescriptKernel(),
    slots: SLOTS,
    carry(callId, { bytes, offsets, lengths, peers, locals }, i) {
      const to = callId % of;
      const way = ways[to];
      if (to === worker || way === undefined) return false;
      const at = offsets[i]!;
      const packet = bytes.slice(at, at + lengths[i]!);
      const carried: CarriedPacket = { packet, peer: ipv4(peers[i]!), local: ipv4(locals[i]!) };
      way.postMessage(carried);
      watch.carries(to);
      return true;
    },
  });
}

function ran(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function start(): void {
  try {
    urgency = new UrgencyWatch({ clock: systemClock, ran, urge: makeThreadUrgent });
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
  options.ways[FIRST_LOOP]?.on("message", (packet: CarriedPacket) => loop?.receive(packet)).unref();

port.on("message", (call: ToWorker) => {
  if (call.call === "start") start();
  else if (loop !== undefined) {
    guard?.before(call);
    perform(loop, call, tell);
  }
  if (call.call === "close") {
    urgency?.close();
    port.close();
  }
});
