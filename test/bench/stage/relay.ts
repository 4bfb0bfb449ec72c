import type { Namespace } from "../../support/lab/namespace.ts";
import { end } from "../../support/lab/processes.ts";
import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import type { Traffic } from "./traffic.ts";
import { type Tunnel, tunnelBetween } from "./tunnel.ts";

/** Inner addresses of host and client. */
const HOST = "10.76.0.1";
const CLIENT = "10.76.0.2";

const PORT = "7777";
const MTU = 1400;

/**
 * Two programs in C that only pass packets on: the least that any tunnel in user space costs on this machine.
 */
export async function relay(stage: Stage, traffic: Traffic, client: Client): Promise<Tunnel> {
  const endAt = async (namespace: Namespace, address: string, peer: string): Promise<void> => {
    const tool = traffic.run(namespace, "relay", "relay0", peer, PORT);
    stage.onClose(() => end(tool.process, "SIGKILL"));
    await tool.ready;
    await namespace.ip(`addr add ${address}/24 dev relay0`);
    await namespace.ip(`link set relay0 mtu ${MTU} up`);
  };
  await endAt(stage.network.host, HOST, client.address);
  await endAt(client.namespace, CLIENT, client.host);
  return tunnelBetween(stage, client, { host: HOST, client: CLIENT }, MTU);
}
