import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Namespace } from "./namespace.ts";
import { end, ended, start } from "./processes.ts";
import type { ResidentOperations } from "./resident-types.ts";

const PROGRAM = fileURLToPath(new URL("resident-program.ts", import.meta.url));

type Name = keyof ResidentOperations;

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
}

/**
 * A Node process inside a namespace that does there what the test asks: this process itself can't enter one.
 */
export class Resident {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    createInterface({ input: process.stdout! }).on("line", (line) => this.#answered(line));
    process.stdin!.on("error", () => {}); // it is gone: the next line says so
    void ended(process).then(() => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the resident ended"));
    });
  }

  static start(namespace: Namespace): Resident {
    const [program, args] = namespace.enter(process.execPath, PROGRAM);
    return new Resident(start(program, args, { stdio: ["pipe", "pipe", "inherit"] }));
  }

  /** Asks for one operation. */
  ask<N extends Name>(
    name: N,
    ...args: Parameters<ResidentOperations[N]>
  ): Promise<ReturnType<ResidentOperations[N]>> {
    this.#asked += 1;
    const id = this.#asked;
    this.#process.stdin!.write(`${JSON.stringify({ id, name, argument: args[0] })}\n`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    await end(this.#process, "SIGKILL");
  }

  #answered(line: string): void {
    const { id, value, error } = JSON.parse(line) as { id: number; value?: unknown; error?: string };
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value as never);
    else waiting?.reject(new Error(error));
  }
}
