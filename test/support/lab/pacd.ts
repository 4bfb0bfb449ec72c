import type { ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstLines } from "./first-lines.ts";
import type { Lab } from "./lab.ts";
import { attempt, end, ended, type Outcome, start } from "./processes.ts";
import { until } from "./until.ts";

const LAUNCHER = fileURLToPath(new URL("../../../bin/pacd", import.meta.url));

/** DNS servers that the configuration names; nobody asks them. */
export const DNS = ["10.8.0.53", "10.8.0.54"] as const;

const ADMIN = "127.0.0.1:8723";

/** The pool has two addresses, so that one which is not given back is soon missed. */
const configuration = (state: string, admin: string): string => `
[state]
directory = "${state}"

[tunnel]
interface = "pac0"
local_address = "10.77.0.1"
pool = ["10.77.0.10-10.77.0.11"]
dns = ["${DNS[0]}", "${DNS[1]}"]

[admin]
listen = "${admin}"
`;

export interface ApiAnswer {
  readonly status: number;
  /** The JSON document; what a test expects of it is the test's own business. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are there to find out
  readonly body: any;
}

const stateDirectory = (lab: Lab): string => join(lab.folder, "state");

function writeConfiguration(lab: Lab, more = "", admin: string = ADMIN): string {
  const file = join(lab.folder, "pacd.toml");
  writeFileSync(file, configuration(stateDirectory(lab), admin) + more);
  return file;
}

function command(
  lab: Lab,
  through: readonly string[],
  words: readonly string[],
): readonly [string, readonly string[]] {
  const [first, ...others] = [...through, LAUNCHER, ...words];
  return lab.namespace.enter(first!, ...others);
}

/**
 * Runs `pacd COMMAND` in the lab to its end, `more` being lines after the configuration that the tests use,
 * `admin` where the API listens.
 */
export function runPacd(
  lab: Lab,
  name: "serve" | "check",
  through: readonly string[] = [],
  more = "",
  admin: string = ADMIN,
): Promise<Outcome> {
  const [program, args] = command(lab, through, [name, "--config", writeConfiguration(lab, more, admin)]);
  return attempt(program, ...args);
}

/** The server under test, started by its launcher in the lab's namespace. */
export class Pacd {
  readonly #lab: Lab;
  readonly #process: ChildProcess;
  readonly #state: string;
  #output = "";

  private constructor(lab: Lab, child: ChildProcess, state: string) {
    this.#lab = lab;
    this.#process = child;
    this.#state = state;
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on("data", (part: Buffer) => {
        this.#output += part.toString();
      });
    }
  }

  /**
   * Starts with the state of an earlier start in this lab, if there was one. Resolves when it serves.
   * `through` are words before the launcher: a program that changes what pacd finds, and then runs it; `more`
   * are lines after the configuration that the tests use.
   */
  static async start(lab: Lab, through: readonly string[] = [], more = ""): Promise<Pacd> {
    const [program, args] = command(lab, through, ["serve", "--config", writeConfiguration(lab, more)]);
    const child = start(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const pacd = new Pacd(lab, child, stateDirectory(lab));
    lab.onClose(() => end(pacd.#process, "SIGKILL"));
    await firstLines("pacd", child, () => pacd.output);
    return pacd;
  }

  /** Both streams since the start. */
  get output(): string {
    return this.#output;
  }

  /** Node, once it serves: the launcher and what comes before it have made way. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** One request to the admin API with the token of the first start. */
  async api(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const token = readFileSync(join(this.#state, "admin-token"), "utf8").trim();
    const { status, body: text } = await this.#lab.resident.ask("fetch", {
      url: `http://${ADMIN}${path}`,
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** Adds a user; throws when the API refuses. */
  async addUser(name: string, password: string, more: object = {}): Promise<void> {
    const { status, body } = await this.api("POST", "/api/v1/users", { name, password, ...more });
    if (status !== 201) throw new Error(`user ${name}: ${status} ${JSON.stringify(body)}`);
  }

  /** Changes what was decided about a user; throws when the API refuses. */
  async changeUser(name: string, change: object): Promise<void> {
    const { status, body } = await this.api("PATCH", `/api/v1/users/${encodeURIComponent(name)}`, change);
    if (status !== 200) throw new Error(`user ${name}: ${status} ${JSON.stringify(body)}`);
  }

  /** The last dial, once it has ended: its session as well, where one came of it. */
  async lastAttempt(): Promise<ApiAnswer["body"]> {
    return until("the end of the last dial", async () => {
      const [last] = (await this.api("GET", "/api/v1/attempts?limit=1")).body.items;
      return last.endedAt !== null && last;
    });
  }

  /** Sessions that are up, or the records of earlier ones as well. */
  async sessions(): Promise<ApiAnswer["body"][]> {
    return (await this.api("GET", "/api/v1/sessions")).body.items;
  }

  /** Sends a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Its exit status, once it has ended by itself. */
  async ended(): Promise<number> {
    return ended(this.#process);
  }

  /** Ends it by a signal and gives its exit status. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
    return end(this.#process, signal);
  }
}
