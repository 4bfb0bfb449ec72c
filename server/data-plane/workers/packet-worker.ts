import { Worker } from "node:worker_threads";
import { AppError } from "../../errors/app-error.ts";
import { installation } from "../../installation/installation.ts";
import type { LoopReport } from "../loop/loop-messages.ts";
import type { LoopLink } from "./dispatcher.ts";
import type { FromWorker, ToWorker, WorkerData } from "./worker-messages.ts";

/** What the main thread hears of a worker. */
export interface WorkerEvents {
  report(report: LoopReport): void;
  /** It has opened its ports, and has ended without having been closed. */
  died(error: Error): void;
}

/** A worker thread, which loads its program while others do, and opens its ports when it is told. */
export interface PacketWorker extends LoopLink {
  /**
   * Resolves when it has its GRE socket and its queue of the TUN. Rejects with AppError where the host
   * refuses one of them; what the worker had opened is closed by then.
   */
  open(): Promise<void>;
  /** Resolves when the worker has come to a message that is sent now. */
  answer(): Promise<void>;
}

/** Starts the thread. */
export function launchPacketWorker(workerData: WorkerData, events: WorkerEvents): PacketWorker {
  const name = `packets-${workerData.worker}`;
  const transferList = workerData.forwardPorts.filter((port) => port !== undefined);
  const program = installation.program(new URL("./worker.ts", import.meta.url));
  const worker = new Worker(program, { name, workerData, transferList });
  const post = (message: ToWorker): void => worker.postMessage(message);
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  // It may end before anybody has asked it to open.
  opened.promise.catch(() => {});
  const asked: (() => void)[] = [];
  let up = false;
  let closing = false;
  let failure: Error | undefined;

  worker.on("message", (message: FromWorker) => {
    switch (message.at) {
      case "opened":
        up = true;
        opened.resolve();
        return;
      case "answering":
        asked.shift()?.();
        return;
      case "refused":
        failure = new AppError(message.code, message.message);
        return;
      case "turn":
        for (const report of message.reports) events.report(report);
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
    if (closing && failure === undefined) return;
    const cause = failure ?? new Error(`a packet worker ended with code ${code}`);
    if (up) events.died(cause);
    else opened.reject(cause);
  });

  return {
    open() {
      post({ type: "start" });
      return opened.promise;
    },
    answer() {
      post({ type: "answer" });
      return new Promise((resolve) => asked.push(resolve));
    },
    send: post,
    close() {
      if (!closing) post({ type: "close" });
      closing = true;
      return ended.promise;
    },
  };
}
