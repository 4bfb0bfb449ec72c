import { networkContains } from "../../../server/policy/networks.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "../../../server/wire/ipv4-network.ts";

/** What is sent into the tunnel: the networks that were asked for, and the server's own address inside. */
export function networksOf(wanted: readonly Ipv4Network[], server: Ipv4 | undefined): readonly Ipv4Network[] {
  if (server === undefined || wanted.some((network) => networkContains(network, server))) return wanted;
  return [{ address: server, prefix: 32 }, ...wanted];
}

/**
 * A route that would take the tunnel's own packets into the tunnel, as a sentence; undefined where none
 * would.
 */
export function swallowing(routes: readonly Ipv4Network[], server: Ipv4): string | undefined {
  const route = routes.find((one) => networkContains(one, server));
  return route && `The route ${formatNetwork(route)} holds the address that is dialled.`;
}
