import type { Config, PoolRange } from "../config/config-types.ts";
import { claimedRanges } from "../config/networks.ts";
import { type Ipv4, parseIpv4 } from "../wire/ipv4.ts";

/**
 * Where a static address lies: "reserved" is the concentrator's own, or the network or broadcast address of a pool that was written as
 * a network. The first and last address of a range are addresses like the others.
 */
export type AddressPlace = "ok" | "outside" | "reserved";

/** Judges the static addresses that an administrator gives to users: dotted quads that a pool holds, since no others are routed. */
export function staticAddressRule({ tunnel, pools }: Config): (text: string) => AddressPlace {
  const ranges: readonly PoolRange[] = [tunnel.pool, ...pools.values()].flat();
  const claims = claimedRanges({ tunnel, pools });
  return (text) => {
    const address = parseIpv4(text);
    if (address === undefined) return "outside";
    if (address === tunnel.localAddress) return "reserved";
    if (ranges.some(holds(address))) return "ok";
    return claims.some(holds(address)) ? "reserved" : "outside";
  };
}

const holds =
  (address: Ipv4) =>
  ({ first, last }: PoolRange): boolean =>
    first <= address && address <= last;
