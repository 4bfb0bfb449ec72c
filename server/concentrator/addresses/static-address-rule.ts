import type { Config, PoolRange } from "../../config/config-types.ts";
import { broadcastOf, contains, coveringNetwork } from "../../config/networks.ts";
import { type Ipv4, parseIpv4 } from "../../wire/ipv4.ts";
import type { Ipv4Network } from "../../wire/ipv4-network.ts";

/** Where a static address lies: "reserved" is the concentrator's own, or a network or broadcast address. */
export type AddressPlace = "ok" | "outside" | "reserved";

/**
 * Judges the static addresses that an administrator gives to users: dotted quads that a pool holds, or that
 * lie in the network around an entry of a pool, such as 10.77.0.5 beside 10.77.0.10-10.77.3.250. The first
 * and last address of a range are like the others.
 */
export function staticAddressRule({ tunnel, pools }: Config): (text: string) => AddressPlace {
  const ranges = [tunnel.pool, ...pools.values()].flat();
  const around = staticAddressNetworks({ tunnel, pools });
  return (text) => {
    const address = parseIpv4(text);
    if (address === undefined) return "outside";
    if (address === tunnel.localAddress) return "reserved";
    if (ranges.some(holds(address))) return "ok";
    const networks = around.filter((network) => contains(network, address));
    if (networks.length === 0) return "outside";
    return networks.some((network) => !isEdge(network, address)) ? "ok" : "reserved";
  };
}

/** The networks that a static address may lie in: what covers each entry of a pool. */
export const staticAddressNetworks = ({ tunnel, pools }: Pick<Config, "tunnel" | "pools">) =>
  [tunnel.pool, ...pools.values()].flat().map((range) => coveringNetwork(range.claims ?? range));

const holds =
  (address: Ipv4) =>
  ({ first, last }: PoolRange): boolean =>
    first <= address && address <= last;

/** The first and last address of a network, which hosts do not take; a /31 (RFC 3021) and a /32 have none. */
const isEdge = (network: Ipv4Network, address: Ipv4): boolean =>
  network.prefix < 31 && (address === network.address || address === broadcastOf(network));
