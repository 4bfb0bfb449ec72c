import { Worker } from "node:worker_threads";
import { AppError } from "../errors/app-error.ts";
import { counterMemory } from "./counters.ts";
import type { DataPlane, DataPlaneEvents } from "./data-plane.ts";
import { Front, type LoopLink } from "./front.ts";
import { SLOTS } from "./slots.ts";
import { ONE_QUEUE } from "./steering.ts";
import type { DataPlaneOptions, FromWorker, WorkerData } from "./worker-messages.ts";

/**
 * Starts the worker thread with its GRE socket and TUN. Rejects with AppError, one sentence for the operator, where the
 * host refuses one of them: host-no-addon, host-no-tun, host-no-raw-socket, interface-in-use, interface-refused. What the
 * worker had opened is closed by then.
 */
export async function startDataPlane(options: DataPlaneOptions, events: DataPlaneEvents): Promise<DataPlane> {
  const counters = counterMemory(SLOTS);
  const workerData: WorkerData = { ...options, counters };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { name: "pacd-packets", workerData });
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let up = false;
  let closing = false;
  let failure: Error | undefined;

  const link: LoopLink = {
    send: (call) => worker.postMessage(call),
    close() {
      if (!closing) link.send({ call: "close" });
      closing = true;
      return ended.promise;
    },
  };
  const front = new Front({ links: [link], counters: [counters], queues: ONE_QUEUE, events });

  worker.on("message", (message: FromWorker) => {
    switch (message.at) {
      case "opened":
        up = true;
        opened.resolve();
        return;
      case "refused":
        failure = new AppError(message.code, message.message);
        return;
      case "turn":
        for (const news of message.news) front.hear(news);
        return;
      default:
        message satisfies never;
    }
  });
  worker.on("error", (error: Error) => {
    failure = error;
  });
  worker.on("exit", (code) => {
    ended.resolve();
    front.ended();
    if (closing && failure === undefined) return;
    const cause = failure ?? new Error(`the packet worker ended with code ${code}`);
    if (up) events.crashed(cause);
    else opened.reject(cause);
  });

  await opened.promise;
  return front;
}
