import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Lab } from "./lab.ts";
import type { Namespace } from "./namespace.ts";
import { end, start } from "./processes.ts";

const PROGRAM = fileURLToPath(new URL("../../bench/load/pings-program.ts", import.meta.url));

/** Since the last one was asked for: pings, answers, and sessions that have ended. */
export interface Tally {
  readonly asked: number;
  readonly answered: number;
  readonly over: number;
}

/** Many sessions of the product's own client in one process, each of which pings through its tunnel. */
export class Pingers {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(process: ChildProcess) {
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout! })[Symbol.asyncIterator]();
  }

  /**
   * Resolves when all are up; throws where one is not. Their call IDs are from `first` on: what another
   * process of the same namespace has must not be among them.
   */
  static async start(
    lab: Lab,
    namespace: Namespace,
    to: {
      readonly server: string;
      readonly user: string;
      readonly password: string;
      readonly target: string;
    },
    count: number,
    first = 1,
  ): Promise<Pingers> {
    const words = [PROGRAM, to.server, to.user, to.password, String(count), to.target, String(first)];
    const child = start(...namespace.enter(process.execPath, ...words), {
      stdio: ["pipe", "pipe", "inherit"],
    });
    lab.onClose(() => end(child, "SIGKILL"));
    const pingers = new Pingers(child);
    const ready = (await pingers.#line()) as { ready: boolean; over: number; failures: string[] };
    if (ready.over > 0) throw new Error(`${ready.over} sessions did not come up: ${ready.failures.join()}`);
    return pingers;
  }

  /** Waits for the answers that are under way. */
  async tally(): Promise<Tally> {
    this.#process.stdin!.write("\n");
    return (await this.#line()) as Tally;
  }

  async end(): Promise<void> {
    await end(this.#process, "SIGKILL");
  }

  async #line(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error("the program that pings has ended");
    return JSON.parse(value);
  }
}
