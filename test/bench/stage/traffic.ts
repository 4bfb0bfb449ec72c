import { type ChildProcess, execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Namespace } from "../../support/lab/namespace.ts";
import { end } from "../../support/lab/processes.ts";
import { Corruption } from "../figures/result.ts";
import { temporaryFolder } from "./folder.ts";
import { Tool } from "./tool.ts";

/** A place where traffic begins or ends. */
export interface End {
  readonly namespace: Namespace;
  readonly address: string;
}

/** From where to where. */
export interface Way {
  readonly from: End;
  readonly to: End;
}

/** One TCP stream, as its receiver saw it. */
export interface Stream {
  readonly bytes: number;
  /** From the first octet to the last. */
  readonly seconds: number;
}

/** Datagrams, as both ends saw them. */
export interface Datagrams {
  /** Taken by the sender's kernel; what it refused was not counted as sent. */
  readonly sent: number;
  readonly refused: number;
  readonly received: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly corrupt: number;
  readonly duplicates: number;
  /** That came after one which was sent later. */
  readonly disorder: number;
  /** Lost in the receiver's own socket, which was full. */
  readonly socketDrops: number;
}

/** Microseconds. */
export interface RoundTrips {
  readonly sent: number;
  readonly received: number;
  readonly corrupt: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** The kernel chooses. */
const ANY_PORT = "0";

/** Seconds that all senders get to connect, so that their first octets leave together. */
const LEAD = 0.15;

const SOURCES = fileURLToPath(new URL("../traffic/*.c", import.meta.url));
const COMPILER = ["cc", "-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror"] as const;

/** The traffic tool, compiled anew for each run of the bench, and what it is used for. */
export class Traffic {
  readonly program: string;
  readonly #running = new Set<ChildProcess>();
  #seeds = Date.now();

  private constructor(program: string) {
    this.program = program;
  }

  /** Throws with the compiler's words. */
  static build(): Traffic {
    const program = join(temporaryFolder(), "traffic");
    const [compiler, ...flags] = COMPILER;
    execFileSync(compiler, [...flags, ...globSync(SOURCES), "-o", program], { stdio: ["ignore", 2, 2] });
    return new Traffic(program);
  }

  /** TCP streams that begin and end together. Throws Corruption where an octet is wrong, or missing. */
  async tcp(ways: readonly Way[], seconds: number): Promise<Stream[]> {
    const receivers = await Promise.all(ways.map((way) => this.#receiver(way, "tcp-receive")));
    const begin = moment(LEAD);
    return Promise.all(
      receivers.map(({ tool, way: { from, to }, words }) => {
        const sender = this.run(from.namespace, "tcp-send", to.address, ...words, begin, `${seconds}`);
        return streamOf(sender, tool, to.address);
      }),
    );
  }

  /** One TCP stream, in Mbit/s. */
  async rate(way: Way, seconds: number): Promise<number> {
    const [stream] = await this.tcp([way], seconds);
    return megabits(stream!);
  }

  /**
   * Datagrams of so many octets, a second; 0: as many as the kernel takes. Throws Corruption where one was
   * changed.
   */
  async udp({ from, to }: Way, seconds: number, octets: number, perSecond = 0): Promise<Datagrams> {
    const { tool, words } = await this.#receiver({ from, to }, "udp-receive");
    const how = [moment(0), `${seconds}`, `${octets}`, `${perSecond}`];
    const { sent, refused } = await this.run(from.namespace, "udp-send", to.address, ...words, ...how).result;
    tool.process.kill("SIGTERM");
    const received = (await tool.result) as unknown as Omit<Datagrams, "sent" | "refused">;
    if (received.corrupt !== 0)
      throw new Corruption(`${received.corrupt} datagrams to ${to.address} were changed on the way.`);
    return { ...received, sent: sent!, refused: refused! };
  }

  /** Requests every `interval` microseconds for so many seconds, and how long their answers took. */
  async roundTrips({ from, to }: Way, seconds: number, interval: number): Promise<RoundTrips> {
    const seed = this.#fresh();
    const echo = this.run(to.namespace, "echo", ANY_PORT);
    const port = `${(await echo.ready)["port"]}`;
    try {
      const count = `${Math.round((seconds * 1e6) / interval)}`;
      const words = ["round-trips", to.address, port, seed, count, `${interval}`];
      const found = (await this.run(from.namespace, ...words).result) as unknown as RoundTrips;
      if (found.corrupt !== 0) throw new Corruption(`${found.corrupt} answers of ${to.address} are wrong.`);
      return found;
    } finally {
      await end(echo.process, "SIGKILL");
    }
  }

  /** As `rate`; 0 where the stream stands still for seconds: what is under it is broken. */
  async rateIfAny(way: Way, seconds: number): Promise<number> {
    try {
      return await this.rate(way, seconds);
    } catch (error) {
      if (error instanceof Corruption) throw error;
      return 0;
    }
  }

  run(namespace: Namespace, ...words: readonly string[]): Tool {
    const tool = new Tool(namespace, this.program, words);
    this.#running.add(tool.process);
    tool.process.once("exit", () => this.#running.delete(tool.process));
    return tool;
  }

  async #receiver(way: Way, command: "tcp-receive" | "udp-receive") {
    const seed = this.#fresh();
    const tool = this.run(way.to.namespace, command, ANY_PORT, seed);
    const { port } = await tool.ready;
    return { tool, way, words: [`${port}`, seed] as const };
  }

  /** Ends what still runs, where something else has failed. */
  async stop(): Promise<void> {
    for (const process of this.#running) await end(process, "SIGKILL");
  }

  /** Each run has a seed of its own, so that nothing left over of one can pass in another. */
  #fresh(): string {
    this.#seeds += 1;
    return `${this.#seeds}`;
  }
}

/**
 * What came of a stream. The receiver is heard first, whatever became of the sender: a wrong octet counts
 * more than a stream that broke off.
 */
async function streamOf(sender: Tool, receiver: Tool, to: string): Promise<Stream> {
  try {
    const { bytes, seconds, mismatch } = await receiver.result;
    if (mismatch !== -1) throw new Corruption(`Octet ${mismatch} of a TCP stream to ${to} is wrong.`);
    const sent = await sender.result;
    if (sent["bytes"] !== bytes)
      throw new Corruption(`${sent["bytes"]} octets went to ${to}, ${bytes} came.`);
    return { bytes: bytes!, seconds: seconds! };
  } finally {
    for (const tool of [sender, receiver]) await end(tool.process, "SIGKILL");
  }
}

export const megabits = ({ bytes, seconds }: Stream): number => (bytes * 8) / seconds / 1e6;

/** So many seconds from now, on the clock that all processes share. */
const moment = (seconds: number): string => `${Number(process.hrtime.bigint()) / 1e9 + seconds}`;
