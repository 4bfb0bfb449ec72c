import { fileURLToPath } from "node:url";
import { end } from "../../support/lab/processes.ts";
import type { Client } from "./network.ts";
import { ADMIN, PASSWORD, type Pacd } from "./pacd.ts";
import type { Stage } from "./stage.ts";
import { type Findings, Tool } from "./tool.ts";

/** Something that keeps pacd busy, in a process of its own. */
export interface Load {
  readonly tool: Tool;
  /** Ends it, and says what came of it. */
  stop(): Promise<Findings>;
}

const DIALS = fileURLToPath(new URL("../load/dials-program.ts", import.meta.url));
const JUMPS = fileURLToPath(new URL("../load/jumps-program.ts", import.meta.url));
const CONSOLES = fileURLToPath(new URL("../load/consoles-program.ts", import.meta.url));
const API = fileURLToPath(new URL("../load/api-program.ts", import.meta.url));

/** Whole dials at a rate, each hung up at once. `user` must be there. */
export const dials = (stage: Stage, client: Client, user: string, perSecond: number): Promise<Load> =>
  begun(
    stage,
    new Tool(client.namespace, process.execPath, [
      DIALS,
      client.host,
      user,
      PASSWORD,
      "pace",
      `${perSecond}`,
    ]),
  );

/** So many sessions that do nothing but answer keep-alives; resolves when they are up. */
export const idleSessions = (stage: Stage, client: Client, user: string, count: number): Promise<Load> =>
  begun(
    stage,
    new Tool(client.namespace, process.execPath, [DIALS, client.host, user, PASSWORD, "hold", `${count}`]),
  );

/**
 * A session whose packets jump once its process gets SIGUSR2; it says how many left, and ends. Resolves when
 * they are made.
 */
export async function jumpingClient(
  stage: Stage,
  client: Client,
  user: string,
  inside: string,
  how: { readonly lost: number; readonly perSecond: number; readonly seconds: number },
): Promise<Tool> {
  const words = [how.lost, how.perSecond, how.seconds].map((number) => `${number}`);
  const what = [JUMPS, client.host, user, PASSWORD, inside, ...words];
  return (await begun(stage, new Tool(client.namespace, process.execPath, what))).tool;
}

/** Requests to the API at a rate. */
export const requests = (stage: Stage, pacd: Pacd, perSecond: number): Promise<Load> =>
  begun(
    stage,
    new Tool(stage.network.host, process.execPath, [API, `http://${ADMIN}`, pacd.token, `${perSecond}`]),
  );

/** So many consoles, each of which asks for the list of sessions every second. */
export const consoles = (stage: Stage, pacd: Pacd, count: number): Promise<Load> =>
  begun(
    stage,
    new Tool(stage.network.host, process.execPath, [CONSOLES, `http://${ADMIN}`, pacd.token, `${count}`]),
  );

async function begun(stage: Stage, tool: Tool): Promise<Load> {
  stage.onClose(() => end(tool.process, "SIGKILL"));
  await tool.ready;
  return {
    tool,
    stop() {
      tool.process.kill("SIGTERM");
      return tool.result;
    },
  };
}
