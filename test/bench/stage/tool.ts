import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Namespace } from "../../support/lab/namespace.ts";
import { ended, start } from "../../support/lab/processes.ts";

/** What the traffic tool prints; see test/bench/traffic. */
export type Findings = Readonly<Record<string, number>>;

/** One run of a program that prints JSON objects, one a line: perhaps that it is ready, then what it found. */
export class Tool {
  readonly process: ChildProcess;
  /** Resolves when others may go on. */
  readonly ready: Promise<void>;
  /** The last line, once the program has ended well; rejects with its own words. */
  readonly result: Promise<Findings>;

  constructor(namespace: Namespace, program: string, words: readonly string[]) {
    const child = start(...namespace.enter(program, ...words), { stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    let complaint = "";
    child.stderr!.on("data", (part: Buffer) => {
      complaint += part.toString();
    });
    let last = "";
    const lines = createInterface({ input: child.stdout! });
    const drained = new Promise((resolve) => lines.once("close", resolve));
    const ready = Promise.withResolvers<void>();
    lines.on("line", (line) => {
      last = line;
      ready.resolve();
    });
    this.ready = ready.promise;
    this.result = Promise.all([ended(child), drained]).then(([status]) => {
      if (status === 0 && last !== "") return JSON.parse(last) as Findings;
      throw new Error(`${words[0]} ended with ${status}: ${complaint.trim()}`);
    });
    this.result.catch((error) => ready.reject(error));
    // Who waits for one of them may do so later than it fails, or be ended by something else before.
    for (const promise of [this.ready, this.result]) promise.catch(() => {});
  }
}
