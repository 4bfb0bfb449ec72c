import { parentPort, workerData } from "node:worker_threads";
import { lowerThreadPriority } from "../../server/platform/thread-priority.ts";
import { faultOf, type StoreFault } from "../../server/store/faults.ts";
import { type History, openHistory } from "../../server/store/history/read-only.ts";
import { type HistoryAnswers, type HistoryJob, perform } from "./jobs.ts";

/** What the thread is started with. */
export interface HistoryWorkerData {
  /** The file of the database. */
  readonly path: string;
}

/** A question, and what comes back under its number. */
export interface HistoryQuestion {
  readonly number: number;
  readonly job: HistoryJob;
}

export type HistoryReply = { readonly number: number } & (
  | { readonly answer: HistoryAnswers[keyof HistoryAnswers] }
  | { readonly fault: StoreFault; readonly code: string }
  | { readonly mistake: Error }
);

/** The thread that reads the history, by a connection of its own. Started by `history-thread.ts` alone. */
const port = parentPort!;
const { path } = workerData as HistoryWorkerData;
let history: History | undefined;

lowerThreadPriority();

port.on("message", ({ number, job }: HistoryQuestion) => port.postMessage(reply(number, job)));

function reply(number: number, job: HistoryJob): HistoryReply {
  try {
    history ??= openHistory(path);
    return { number, answer: perform(history, job) };
  } catch (error) {
    const fault = faultOf(error);
    if (fault !== undefined) return { number, fault, code: (error as { code: string }).code };
    return { number, mistake: error as Error };
  }
}
