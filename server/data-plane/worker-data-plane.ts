import { Worker } from "node:worker_threads";
import { AppError } from "../errors/app-error.ts";
import { counterMemory } from "./counters.ts";
import type { DataPlane, DataPlaneEvents } from "./data-plane.ts";
import { Front, type LoopLink } from "./front.ts";
import type { LoopCall } from "./loop-messages.ts";
import { SLOTS } from "./slots.ts";
import type { FromWorker, TunnelInterface, WorkerData } from "./worker-messages.ts";

/**
 * Starts the worker thread with its GRE socket and TUN. Rejects with AppError, one sentence for the operator, where the
 * host refuses one of them: host-no-addon, host-no-tun, host-no-raw-socket, interface-in-use, interface-refused.
 */
export async function startDataPlane(options: TunnelInterface, events: DataPlaneEvents): Promise<DataPlane> {
  const counters = counterMemory(SLOTS);
  const workerData: WorkerData = { ...options, counters };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { name: "pacd-packets", workerData });
  const link = new WorkerLink(worker);
  const front = new Front(link, counters, events);
  const started = Promise.withResolvers<void>();
  let up = false;

  worker.on("message", (message: FromWorker) => {
    switch (message.at) {
      case "opened":
        up = true;
        started.resolve();
        return;
      case "refused":
        started.reject(new AppError(message.code, message.message));
        return;
      case "turn":
        for (const news of message.news) front.hear(news);
        return;
      default:
        message satisfies never;
    }
  });
  worker.on("error", (error: Error) => (up ? link.fail(error) : started.reject(error)));
  worker.on("exit", (code) => {
    const unasked = link.exited();
    if (!up) return started.reject(new Error(`the packet worker ended with code ${code}`));
    front.ended();
    if (unasked) events.crashed(link.failure ?? new Error(`the packet worker ended with code ${code}`));
  });

  await started.promise;
  return front;
}

/** Messages to the worker, and its end. */
class WorkerLink implements LoopLink {
  readonly #worker: Worker;
  readonly #gone = Promise.withResolvers<void>();
  #closing = false;
  /** The error that the worker died of. */
  failure: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  send(call: LoopCall): void {
    this.#worker.postMessage(call);
  }

  close(): Promise<void> {
    if (!this.#closing) this.send({ call: "close" });
    this.#closing = true;
    return this.#gone.promise;
  }

  fail(error: Error): void {
    this.failure = error;
  }

  /** The thread is gone. True where nobody asked it to go, or where it died of an error meanwhile. */
  exited(): boolean {
    this.#gone.resolve();
    return !this.#closing || this.failure !== undefined;
  }
}
