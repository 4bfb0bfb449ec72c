import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstLines } from "./first-lines.ts";
import type { Lab } from "./lab.ts";
import { end, start } from "./processes.ts";

const LAUNCHER = fileURLToPath(new URL("../../../bin/pacd", import.meta.url));

/** A configuration by its sections; a value stands as the file has it. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The answer to a reload, and whether it was taken. */
export interface Reloaded {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are there to find out
  readonly body: any;
}

/** A server in a lab whose configuration file the test writes again and again. */
export class ReloadedPacd {
  readonly file: string;
  readonly #lab: Lab;
  readonly #process: ChildProcess;
  #admin: string;
  #output = "";

  private constructor(lab: Lab, file: string, admin: string, child: ChildProcess) {
    this.file = file;
    this.#lab = lab;
    this.#admin = admin;
    this.#process = child;
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (part: Buffer) => {
        this.#output += part.toString();
      });
  }

  /** Resolves when it serves. `admin`: where the API listens. */
  static async start(lab: Lab, sections: Sections, admin = "127.0.0.1:8723"): Promise<ReloadedPacd> {
    const folder = join(lab.folder, "reloaded");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "pacd.toml");
    writeFileSync(file, toml(sections));
    const child = start(...lab.namespace.enter(LAUNCHER, "serve", "--config", file), {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const pacd = new ReloadedPacd(lab, file, admin, child);
    lab.onClose(() => end(child, "SIGKILL"));
    await firstLines("pacd", child, () => pacd.output);
    return pacd;
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  write(sections: Sections): void {
    writeFileSync(this.file, toml(sections));
  }

  /** `POST /config:reload`. */
  reload(dryRun = false): Promise<Reloaded> {
    return this.api("POST", "config:reload", { dryRun });
  }

  /** Writes and reloads; throws where that is refused. */
  async goOver(sections: Sections): Promise<Reloaded["body"]> {
    this.write(sections);
    const { status, body } = await this.reload();
    if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
    return body;
  }

  /** Sends SIGHUP so many times at once. */
  hangUp(times = 1): void {
    for (let i = 0; i < times; i++) this.#process.kill("SIGHUP");
  }

  /** The API is reached there from now on. */
  movesTo(admin: string): void {
    this.#admin = admin;
  }

  async api(method: string, path: string, body?: object): Promise<Reloaded> {
    const token = readFileSync(join(this.file, "../state/admin-token"), "utf8").trim();
    const answer = await this.#lab.resident.ask("fetch", {
      url: `http://${this.#admin}/api/v1/${path}`,
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: answer.body === "" ? undefined : JSON.parse(answer.body) };
  }

  async stop(): Promise<number> {
    return end(this.#process);
  }
}

const toml = (sections: Sections): string =>
  Object.entries(sections)
    .map(([name, keys]) => {
      const lines = Object.entries(keys).map(([key, value]) => `${key} = ${value}\n`);
      return `[${name}]\n${lines.join("")}`;
    })
    .join("");
