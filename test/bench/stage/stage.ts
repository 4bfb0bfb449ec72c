import type { ChildProcess, SpawnOptions } from "node:child_process";
import type { Namespace } from "../../support/lab/namespace.ts";
import { end, start } from "../../support/lab/processes.ts";
import { until } from "../../support/lab/until.ts";
import { temporaryFolder } from "./folder.ts";
import { Network } from "./network.ts";

/** A program on a stage. */
interface Player {
  readonly command: string;
  readonly process: ChildProcess;
  /** The end of what it said. */
  said: string;
}

/** Where a benchmark takes place: a folder, a network, programs in it. */
export class Stage {
  readonly folder = temporaryFolder();
  readonly network: Network;
  readonly #players: Player[] = [];
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(network: Network) {
    this.network = network;
  }

  /**
   * Calls `play` with a stage, and closes that afterwards in any case. Where `play` throws, the error also
   * tells which programs had ended by then, and their last words.
   */
  static async with<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
    const stage = new Stage(await Network.create());
    try {
      return await play(stage);
    } catch (error) {
      const gone = stage.#players.filter(({ process }) => isOver(process));
      (error as Error).message += gone
        .map(({ command, said }) => `\n${command} had ended:\n${said}`)
        .join("");
      throw error;
    } finally {
      for (const close of stage.#closing) await close();
      await stage.network.remove();
    }
  }

  /**
   * Starts a program in a namespace. Resolves when its output matches `sign`, with the match; throws when it
   * ends before.
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
    const player: Player = { command: command.join(" "), process: child, said: "" };
    this.#players.push(player);
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (part: Buffer) => {
        player.said = (player.said + part.toString()).slice(-LAST_WORDS);
      });
    child.stdin!.on("error", () => {}); // it has ended: that is found below
    child.stdin!.end(input);
    const match = await until(
      `${command[0]} to say ${sign}`,
      () => {
        const found = sign.exec(player.said);
        if (found === null && isOver(child)) throw new Error(`${command[0]} ended.`);
        return found ?? undefined;
      },
      START_PATIENCE,
    );
    return { process: child, match };
  }

  /** Has a program that ended said this? */
  said(word: string): boolean {
    return this.#players.some(({ process, said }) => isOver(process) && said.includes(word));
  }

  /** Something to end before the network goes; the last one first. */
  onClose(close: () => Promise<unknown>): void {
    this.#closing.unshift(close);
  }
}

/** Milliseconds that a program may take until it is ready. */
const START_PATIENCE = 30_000;

/** Characters of a program's output that are kept. */
const LAST_WORDS = 4000;

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
