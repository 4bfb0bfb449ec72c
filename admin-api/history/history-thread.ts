import { Worker } from "node:worker_threads";
import { AppError } from "../../server/errors/app-error.ts";
import { installation } from "../../server/installation/installation.ts";
import type { Clock } from "../../server/platform/clock.ts";
import { storeUnavailable } from "../../server/store/faults.ts";
import { HISTORY_IDLE, MAX_QUESTIONS } from "../limits.ts";
import type { HistoryQuestion, HistoryReply, HistoryWorkerData } from "./history-worker.ts";
import type { AnswerTo, HistoryAnswers, HistoryJob, HistoryReader } from "./jobs.ts";

type Answer = HistoryAnswers[keyof HistoryAnswers];
type Waiting = ReturnType<typeof Promise.withResolvers<Answer>>;

/**
 * The history, read in a thread of its own: however long a question takes, no log-in waits for it. The thread
 * begins with the first question and ends when there was none for a while. Questions are answered one after
 * the other; who asks for much asks in pages.
 */
export class HistoryThread implements HistoryReader {
  readonly #path: string;
  readonly #clock: Pick<Clock, "after">;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #number = 0;
  #cancelIdle: () => void = () => {};
  #closed = false;

  constructor(path: string, clock: Pick<Clock, "after">) {
    this.#path = path;
    this.#clock = clock;
  }

  async ask<Job extends HistoryJob>(job: Job): Promise<AnswerTo<Job>> {
    if (this.#closed) throw new AppError("unavailable", "pacd is stopping.");
    if (this.#waiting.size >= MAX_QUESTIONS)
      throw new AppError("rate-limited", "Too many questions about the history wait for their answers.");
    this.#cancelIdle();
    const number = this.#number++;
    const waiting: Waiting = Promise.withResolvers();
    this.#waiting.set(number, waiting);
    this.#worker ??= this.#start();
    this.#worker.postMessage({ number, job } satisfies HistoryQuestion);
    return (await waiting.promise) as AnswerTo<Job>;
  }

  /** What waits for an answer is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelIdle();
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const program = installation.program(new URL("./history-worker.ts", import.meta.url));
    const workerData: HistoryWorkerData = { path: this.#path };
    const worker = new Worker(program, { name: "history", workerData });
    // An answer that nobody awaits keeps no process alive.
    worker.unref();
    worker.on("message", (reply: HistoryReply) => this.#answered(reply));
    worker.on("error", (error) => this.#gone(worker, error));
    worker.on("exit", () => this.#gone(worker, new AppError("unavailable", "pacd is stopping.")));
    return worker;
  }

  #answered(reply: HistoryReply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("answer" in reply) waiting?.resolve(reply.answer);
    else if ("fault" in reply) waiting?.reject(storeUnavailable(reply.fault, this.#path, reply.code));
    else waiting?.reject(reply.mistake);
    if (this.#waiting.size === 0) this.#cancelIdle = this.#clock.after(HISTORY_IDLE, () => this.#rest());
  }

  #rest(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  /** One that rests is none of the thread's any more. */
  #gone(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
