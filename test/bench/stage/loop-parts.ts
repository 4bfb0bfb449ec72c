import { fileURLToPath } from "node:url";
import { end } from "../../support/lab/processes.ts";
import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import { Tool } from "./tool.ts";
import type { Traffic } from "./traffic.ts";

const PROGRAM = fileURLToPath(new URL("../load/parts-program.ts", import.meta.url));

/** What the packet loop does, one by one. */
export const PARTS = ["receive", "mppe", "write", "read", "send"] as const;
export type Part = (typeof PARTS)[number];

/** Of the TUN that parts are measured on, and of a UDP port that takes anything. */
const BEHIND_TUN = "10.99.1.1";
const PORT = "4999";

/** Forged packets a second: more than any socket takes. */
const FAST = "1000000";

/** Seconds in which a part gets ready and warm, at most. */
const LEAD = 2;

/** Octets of IPv4 and UDP, and of IPv4, GRE, PPP and MPPE around an inner packet. */
const IPV4_AND_UDP = 28;
const AROUND = 20 + 12 + 8;

/**
 * Nanoseconds of a core that one packet of `octets` costs in a part of the loop, with whoever else that
 * takes.
 */
export async function costOf(
  part: Part,
  stage: Stage,
  client: Client,
  traffic: Traffic,
  seconds: number,
  octets: number,
): Promise<number> {
  const { host } = stage.network;
  const long = `${seconds + LEAD}`;
  const others: Tool[] = [];
  if (part === "write") others.push(traffic.run(host, "sink", PORT));
  if (part === "send") others.push(traffic.run(client.namespace, "sink", "gre"));
  for (const other of others) await other.ready;
  const where: Partial<Record<Part, string>> = { write: PORT, send: client.address };
  const words = [PROGRAM, part, `${seconds}`, `${octets}`, where[part] ?? ""];
  const tool = new Tool(host, process.execPath, words);
  stage.onClose(() => end(tool.process, "SIGKILL"));
  await tool.ready;
  if (part === "receive") {
    const how = ["1", "sequence", "0", long, `${octets + AROUND}`, FAST];
    others.push(traffic.run(client.namespace, "flood", "eth0", client.address, client.host, ...how));
  }
  if (part === "read") {
    const how = ["1", "0", long, `${octets - IPV4_AND_UDP}`, "0"];
    others.push(traffic.run(host, "udp-send", BEHIND_TUN, PORT, ...how));
  }
  const found = await tool.result;
  for (const other of others) await end(other.process, "SIGKILL");
  return found["nanoseconds"]! / found["packets"]!;
}
