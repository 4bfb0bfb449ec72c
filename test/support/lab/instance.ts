import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstLines } from "./first-lines.ts";
import type { Lab } from "./lab.ts";
import { attempt, end, type Outcome, start } from "./processes.ts";

const LAUNCHER = fileURLToPath(new URL("../../../bin/pacd", import.meta.url));

/** What two servers of one host have each for itself. */
export interface InstanceSettings {
  /** Of the folder with configuration and state; two of one name share their state. */
  readonly name: string;
  /** As in the configuration: a text, or an array of texts. */
  readonly listen: string | readonly string[];
  readonly interface: string;
  readonly localAddress: string;
  readonly pool: string;
  readonly admin: string;
  /** Lines of the section [tunnel] besides. */
  readonly more?: string;
}

/** One of several servers in a lab's namespace. */
export class Instance {
  readonly #lab: Lab;
  readonly #settings: InstanceSettings;
  readonly #process: ChildProcess;
  #output = "";

  private constructor(lab: Lab, settings: InstanceSettings, child: ChildProcess) {
    this.#lab = lab;
    this.#settings = settings;
    this.#process = child;
    for (const stream of [child.stdout!, child.stderr!])
      stream.on("data", (part: Buffer) => {
        this.#output += part.toString();
      });
  }

  /** Resolves when it serves. */
  static async start(lab: Lab, settings: InstanceSettings): Promise<Instance> {
    const child = start(...command(lab, "serve", settings), { stdio: ["ignore", "pipe", "pipe"] });
    const instance = new Instance(lab, settings, child);
    lab.onClose(() => end(child, "SIGKILL"));
    await firstLines(settings.name, child, () => instance.output);
    return instance;
  }

  /** Both streams since the start. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** The answer's document. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are there to find out
  async api(method: string, path: string, body?: object): Promise<any> {
    const token = readFileSync(join(folderOf(this.#lab, this.#settings), "state/admin-token"), "utf8").trim();
    const { body: text } = await this.#lab.resident.ask("fetch", {
      url: `http://${this.#settings.admin}/api/v1/${path}`,
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return text === "" ? undefined : JSON.parse(text);
  }

  async stop(): Promise<number> {
    return end(this.#process);
  }
}

/** Runs `pacd COMMAND` with these settings to its end. */
export const runInstance = (
  lab: Lab,
  name: "serve" | "check",
  settings: InstanceSettings,
): Promise<Outcome> => attempt(...commandWords(lab, name, settings));

const folderOf = (lab: Lab, { name }: InstanceSettings): string => join(lab.folder, name);

function command(lab: Lab, name: string, settings: InstanceSettings): readonly [string, readonly string[]] {
  const folder = folderOf(lab, settings);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "pacd.toml");
  writeFileSync(
    file,
    `[state]
directory = "state"
[pptp]
listen = ${JSON.stringify(settings.listen)}
[tunnel]
interface = "${settings.interface}"
local_address = "${settings.localAddress}"
pool = ["${settings.pool}"]
${settings.more ?? ""}
[admin]
listen = "${settings.admin}"
allow_plain = true
`,
  );
  return lab.namespace.enter(LAUNCHER, name, "--config", file);
}

function commandWords(lab: Lab, name: string, settings: InstanceSettings): [string, ...string[]] {
  const [program, args] = command(lab, name, settings);
  return [program, ...args];
}
