import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { end } from "../../support/lab/processes.ts";
import { Resident } from "../../support/lab/resident.ts";
import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import { type Tunnel, tunnelBetween } from "./tunnel.ts";

const PACD = fileURLToPath(new URL("../../../bin/pacd", import.meta.url));
const PACCTL = fileURLToPath(new URL("../../../bin/pacctl", import.meta.url));

/** The concentrator's own address inside, and the networks that its clients live in. */
export const PACD_INSIDE = "10.77.0.1";
const POOL = "10.77.1.1-10.77.63.254";

/** Where the API listens, inside the host's namespace. */
export const ADMIN = "127.0.0.1:8723";

const configuration = (state: string, workers: number | undefined): string => `
[state]
directory = "${state}"
[pptp]
max_sessions = 5000
[users]
max_sessions = 0
[tunnel]
local_address = "${PACD_INSIDE}"
pool = ["${POOL}"]
[nat]
mode = "off"
[admin]
listen = "${ADMIN}"
[log]
level = "warn"
${workers === undefined ? "" : `[data_plane]\nworkers = ${workers}\n`}`;

/** A tunnel of the product's own client. */
export interface Dialled extends Tunnel {
  /** Ends it, and says how many packets the client dropped in all. */
  hangUp(): Promise<number>;
}

/** The server under test, in the host's namespace of a stage. */
export class Pacd {
  readonly process: ChildProcess;
  readonly token: string;
  readonly #stage: Stage;
  readonly #resident: Resident;

  private constructor(stage: Stage, child: ChildProcess, token: string) {
    this.#stage = stage;
    this.process = child;
    this.token = token;
    this.#resident = Resident.start(stage.network.host);
    stage.onClose(() => this.#resident.close());
  }

  /** As `start`; undefined where this pacd does not know how to have so many workers. */
  static async startWithWorkers(stage: Stage, workers: number): Promise<Pacd | undefined> {
    try {
      return await Pacd.start(stage, workers);
    } catch (error) {
      if (stage.said("data_plane")) return undefined;
      throw error;
    }
  }

  /**
   * Resolves when it serves. `workers`: threads that carry packets; undefined: as it does by itself.
   * `launcher`: what starts pacd.
   */
  static async start(stage: Stage, workers?: number, launcher: readonly string[] = [PACD]): Promise<Pacd> {
    const state = mkdtempSync(join(stage.folder, "state-"));
    const file = `${state}.toml`;
    writeFileSync(file, configuration(state, workers));
    const command = [...launcher, "serve", "--config", file];
    const { process: child } = await stage.run(stage.network.host, command, /^(Add the first user|Users): /m);
    return new Pacd(stage, child, readFileSync(join(state, "admin-token"), "utf8").trim());
  }

  /** One request to the API; throws unless it is answered by 2xx. Waits where it has been asked too often. */
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document, whose shape the caller knows
  async api(method: string, path: string, body?: object): Promise<any> {
    const answer = await this.#resident.ask("fetch", {
      url: `http://${ADMIN}${path}`,
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 429) {
      await sleep(JSON.parse(answer.body).retryAfterSeconds * 1000);
      return this.api(method, path, body);
    }
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body === "" ? undefined : JSON.parse(answer.body);
  }

  /** Adds a user of `PASSWORD`. */
  async addUser(name: string): Promise<void> {
    await this.api("POST", "/api/v1/users", { name, password: PASSWORD });
  }

  /** How many sessions are up. */
  async sessions(): Promise<number> {
    return (await this.api("GET", "/api/v1/status")).sessions;
  }

  /** Dials with the product's own client, which gets that nice value. Resolves when the tunnel is up. */
  async dial(client: Client, user: string, nice = 0): Promise<Dialled> {
    const command = [
      "nice",
      "-n",
      `${nice}`,
      PACCTL,
      "dial",
      client.host,
      "--user",
      user,
      "--password-stdin",
      "--tun",
      TUN,
    ];
    const up = /^connected: address ([\d.]+), .*MTU (\d+)/m;
    const { match, process: dialling } = await this.#stage.run(client.namespace, command, up, PASSWORD);
    let said = "";
    dialling.stdout!.on("data", (part: Buffer) => {
      said += part.toString();
    });
    const tunnel = tunnelBetween(
      this.#stage,
      client,
      { host: PACD_INSIDE, client: match[1]! },
      Number(match[2]),
    );
    return {
      ...tunnel,
      async hangUp() {
        await end(dialling, "SIGTERM");
        return Number(/ dropped (\d+)/.exec(said)?.[1] ?? 0);
      },
    };
  }
}

/** The interface of a dialled tunnel, in the client's namespace. */
const TUN = "vpn0";

/** Of every user of the bench. */
export const PASSWORD = "as fast as it goes";
