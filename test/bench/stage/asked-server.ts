import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { App } from "../../../admin-api/services.ts";
import { listen, TOKEN } from "../../support/admin-api.ts";
import { spread } from "../figures/statistics.ts";

const ASKER = fileURLToPath(new URL("../load/asker-program.ts", import.meta.url));

/** What an answer took, medians over the rounds. */
export interface Cost {
  /** Milliseconds of a core that this thread had for it. */
  readonly cpu: number;
  /** Milliseconds of the longest turn of the event loop, by the clock on the wall. */
  readonly turn: number;
  /** Octets of it. */
  readonly octets: number;
}

/**
 * The admin API in this process, asked by another one over the loopback: what an answer costs the main thread
 * is all that this thread does meanwhile.
 */
export class AskedServer {
  readonly #lines: AsyncIterator<string>;
  readonly #input: NodeJS.WritableStream;
  readonly close: () => Promise<void>;

  private constructor(
    input: NodeJS.WritableStream,
    lines: AsyncIterator<string>,
    close: () => Promise<void>,
  ) {
    this.#input = input;
    this.#lines = lines;
    this.close = close;
  }

  static async start(app: App): Promise<AskedServer> {
    const url = await listen(app);
    const child = spawn(process.execPath, [ASKER, url, TOKEN], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new AskedServer(child.stdin, lines, async () => {
      child.stdin.end();
      await app.close();
    });
  }

  /**
   * Asks in so many rounds of so many questions, `between` before each; throws where an answer is not 200.
   * What an answer took is the mean of its round.
   */
  async ask(path: string, rounds: number, each = 1, between: (n: number) => void = () => {}): Promise<Cost> {
    const cpu: number[] = [];
    let octets = 0;
    for (let round = 0; round < rounds; round++) {
      let sum = 0;
      for (let n = 0; n < each; n++) {
        between(n);
        const before = onCore();
        octets = await this.#one(path);
        sum += onCore() - before;
      }
      cpu.push(sum / each);
    }
    const turns: number[] = [];
    for (let round = 0; round < Math.min(rounds, 21); round++) {
      between(0);
      const watched = new Turns();
      await this.#one(path);
      turns.push(watched.stop());
    }
    return { cpu: spread(cpu).median, turn: spread(turns).median, octets };
  }

  async #one(path: string): Promise<number> {
    this.#input.write(`${path}\n`);
    const { value } = await this.#lines.next();
    const [status, octets] = String(value).split(" ").map(Number) as [number, number];
    if (status !== 200) throw new Error(`${path}: ${status}`);
    return octets;
  }
}

/** Milliseconds that this thread has had of a core. */
export function onCore(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Watches the turns of the event loop, which does not rest meanwhile. */
export class Turns {
  #longest = 0;
  #last = performance.now();
  #watching = true;

  constructor() {
    const look = () => {
      const now = performance.now();
      this.#longest = Math.max(this.#longest, now - this.#last);
      this.#last = now;
      if (this.#watching) setImmediate(look);
    };
    setImmediate(look);
  }

  /** Milliseconds of the longest one. */
  stop(): number {
    this.#watching = false;
    return this.#longest;
  }
}
