import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import type { Way } from "./traffic.ts";

export const DIRECTIONS = ["up", "down"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A tunnel that is up, or what takes the place of one: "up" leads from the client to the host. */
export interface Tunnel extends Readonly<Record<Direction, Way>> {
  /** Octets of the largest inner packet. */
  readonly mtu: number;
}

/** `addresses` of both ends, as they reach each other. */
export function tunnelBetween(
  { network }: Stage,
  client: Client,
  addresses: { readonly host: string; readonly client: string },
  mtu: number,
): Tunnel {
  const here = { namespace: network.host, address: addresses.host };
  const there = { namespace: client.namespace, address: addresses.client };
  return { up: { from: there, to: here }, down: { from: here, to: there }, mtu };
}

/** No tunnel: the veth between both. */
export const bareVeth = (stage: Stage, client: Client): Tunnel =>
  tunnelBetween(stage, client, { host: client.host, client: client.address }, ETHERNET);

/** MTU of a veth. */
const ETHERNET = 1500;
