import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Namespace } from "../../support/lab/namespace.ts";
import { ended, start } from "../../support/lab/processes.ts";

/** What a program prints: one JSON object a line. */
export type Findings = Readonly<Record<string, number>>;

/** One run of a program that says that it is ready, perhaps, and then what it found. */
export class Tool {
  readonly process: ChildProcess;
  /** The last line, once the program has ended well; rejects with its own words. */
  readonly result: Promise<Findings>;
  readonly #lines: Findings[] = [];
  readonly #waiting = new Map<number, PromiseWithResolvers<Findings>>();

  constructor(namespace: Namespace, program: string, words: readonly string[]) {
    const child = start(...namespace.enter(program, ...words), { stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    let complaint = "";
    child.stderr!.on("data", (part: Buffer) => {
      complaint += part.toString();
    });
    const lines = createInterface({ input: child.stdout! });
    const drained = new Promise((resolve) => lines.once("close", resolve));
    lines.on("line", (line) => {
      const findings = JSON.parse(line) as Findings;
      this.#waiting.get(this.#lines.push(findings))?.resolve(findings);
    });
    this.result = Promise.all([ended(child), drained]).then(([status]) => {
      const last = this.#lines.at(-1);
      if (status === 0 && last !== undefined) return last;
      throw new Error(`${words[0]} ended with ${status}: ${complaint.trim()}`);
    });
    // Who waits for it may do so later than it fails, or be ended by something else before.
    this.result.catch((error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  /** The first line: others may go on. */
  get ready(): Promise<Findings> {
    return this.line(1);
  }

  /** Line number `number`, from 1 on; rejects when the program fails before. */
  line(number: number): Promise<Findings> {
    const line = this.#lines[number - 1];
    if (line !== undefined) return Promise.resolve(line);
    const waiting = this.#waiting.get(number) ?? Promise.withResolvers<Findings>();
    this.#waiting.set(number, waiting);
    return waiting.promise;
  }
}
