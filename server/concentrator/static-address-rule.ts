import type { Config } from "../config/config-types.ts";
import { contains, isNetworkOrBroadcast, poolNetworks } from "../config/networks.ts";
import { parseIpv4 } from "../wire/ipv4.ts";

/** Where a static address lies: "reserved" is the concentrator's own, or a network or broadcast address. */
export type AddressPlace = "ok" | "outside" | "reserved";

/** Judges the static addresses that an administrator gives to users: dotted quads inside the pools' networks. */
export function staticAddressRule(config: Config): (text: string) => AddressPlace {
  const networks = poolNetworks(config);
  return (text) => {
    const address = parseIpv4(text);
    const network =
      address === undefined ? undefined : networks.find((candidate) => contains(candidate, address));
    if (address === undefined || network === undefined) return "outside";
    return address === config.tunnel.localAddress || isNetworkOrBroadcast(network, address)
      ? "reserved"
      : "ok";
  };
}
