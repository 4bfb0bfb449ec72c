import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Namespace } from "../../support/lab/namespace.ts";
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

/** Seconds that all senders get to connect, so that their first octets leave together. */
const LEAD = 0.15;

const SOURCES = fileURLToPath(new URL("../traffic/*.c", import.meta.url));
const COMPILER = ["cc", "-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror"] as const;

/** The traffic tool, compiled anew for each run of the bench, and what it is used for. */
export class Traffic {
  readonly program: string;
  #ports = 5000;
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
      receivers.map(async ({ tool, way: { from, to }, words }) => {
        const sender = this.run(from.namespace, "tcp-send", to.address, ...words, begin, `${seconds}`);
        const [sent, received] = await Promise.all([sender.result, tool.result]);
        if (received["mismatch"] !== -1)
          throw new Corruption(`Octet ${received["mismatch"]} of a TCP stream to ${to.address} is wrong.`);
        if (sent["bytes"] !== received["bytes"])
          throw new Corruption(`${sent["bytes"]} octets went to ${to.address}, ${received["bytes"]} came.`);
        return { bytes: received["bytes"]!, seconds: received["seconds"]! };
      }),
    );
  }

  /** One TCP stream, in Mbit/s. */
  async rate(way: Way, seconds: number): Promise<number> {
    const [stream] = await this.tcp([way], seconds);
    return megabits(stream!);
  }

  run(namespace: Namespace, ...words: readonly string[]): Tool {
    return new Tool(namespace, this.program, words);
  }

  /** A port and a seed of its own for each, so that nothing left over of one run can pass in another. */
  async #receiver(way: Way, command: "tcp-receive" | "udp-receive") {
    this.#ports = this.#ports >= 30_000 ? 5000 : this.#ports + 1;
    this.#seeds += 1;
    const words = [`${this.#ports}`, `${this.#seeds}`] as const;
    const tool = this.run(way.to.namespace, command, ...words);
    await tool.ready;
    return { tool, way, words };
  }
}

export const megabits = ({ bytes, seconds }: Stream): number => (bytes * 8) / seconds / 1e6;

/** So many seconds from now, on the clock that all processes share. */
const moment = (seconds: number): string => `${Number(process.hrtime.bigint()) / 1e9 + seconds}`;
