import type { ChildProcess, SpawnOptions } from "node:child_process";
import type { Namespace } from "../../support/lab/namespace.ts";
import { end, ended, start } from "../../support/lab/processes.ts";
import { until } from "../../support/lab/until.ts";
import { temporaryFolder } from "./folder.ts";
import { Network } from "./network.ts";

/** Where one benchmark takes place: a folder, a network, programs in it. All of it ends with `close`. */
export class Stage {
  readonly folder = temporaryFolder();
  readonly network: Network;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(network: Network) {
    this.network = network;
  }

  static async create(): Promise<Stage> {
    return new Stage(await Network.create());
  }

  /**
   * Starts a program in a namespace. Resolves when its output matches `sign`, with the match; throws, with all that it
   * said, when it ends before.
   */
  async run(
    namespace: Namespace,
    command: readonly string[],
    sign: RegExp,
    input = "",
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly process: ChildProcess; readonly match: RegExpExecArray }> {
    const env = { ...process.env, ...environment };
    const options: SpawnOptions = { stdio: ["pipe", "pipe", "pipe"], env };
    const child = start(...namespace.enter(command[0]!, ...command.slice(1)), options);
    this.onClose(() => end(child, "SIGKILL"));
    let output = "";
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (part: Buffer) => {
        // What is said after the sign is of no interest, and may be much.
        if (sign.exec(output) === null) output += part.toString();
      });
    child.stdin!.on("error", () => {}); // it has ended: that is found below
    child.stdin!.end(input);
    let over = false;
    void ended(child).then(() => {
      over = true;
    });
    const match = await until(
      `${command[0]} to say ${sign}`,
      () => {
        const found = sign.exec(output);
        if (found === null && over) throw new Error(`${command.join(" ")} ended:\n${output}`);
        return found ?? undefined;
      },
      START_PATIENCE,
    );
    return { process: child, match };
  }

  /** Something to end before the network goes; the last one first. */
  onClose(close: () => Promise<unknown>): void {
    this.#closing.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
    await this.network.remove();
  }
}

/** Milliseconds that a program may take until it is ready. */
const START_PATIENCE = 30_000;
