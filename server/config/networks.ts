import { type Ipv4, ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import type { AddressRange, Config } from "./config-types.ts";

/** The smallest network that covers a range. */
export function coveringNetwork({ first, last }: AddressRange): Ipv4Network {
  const prefix = Math.clz32(first ^ last);
  return { address: lowest(first, prefix), prefix };
}

/** The part of a configuration that holds all addresses for clients. */
export interface PoolConfig {
  readonly tunnel: Pick<Config["tunnel"], "pool">;
  readonly pools: Config["pools"];
}

/**
 * The networks of all pools, for routes, NAT and the question whether an address may be a user's static one: what covers
 * each range, none inside another, two halves joined, in ascending order.
 */
export function poolNetworks({ tunnel, pools }: PoolConfig): readonly Ipv4Network[] {
  const ranges = [tunnel.pool, ...pools.values()].flat();
  const sorted = ranges.map(coveringNetwork).sort((a, b) => a.address - b.address || a.prefix - b.prefix);
  const merged: Ipv4Network[] = [];
  for (const network of sorted) {
    if (merged.some((other) => contains(other, network.address))) continue;
    merged.push(network);
    joinHalves(merged);
  }
  return merged;
}

export const contains = (network: Ipv4Network, address: Ipv4): boolean =>
  lowest(address, network.prefix) === network.address;

/** The first and last address of a network, which hosts do not take; a /31 (RFC 3021) and a /32 have none. */
export const isNetworkOrBroadcast = (network: Ipv4Network, address: Ipv4): boolean =>
  network.prefix < 31 && (address === network.address || address === broadcastOf(network));

/** The last address of a network. */
export const broadcastOf = ({ address, prefix }: Ipv4Network): Ipv4 => ipv4((address | ~mask(prefix)) >>> 0);

/** A shift by 32 would be a shift by 0 in JavaScript. */
const mask = (prefix: number): number => (prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0);

const lowest = (address: Ipv4, prefix: number): Ipv4 => ipv4(address & mask(prefix));

/** While the last two are the two halves of one network, makes them that network. */
function joinHalves(networks: Ipv4Network[]): void {
  while (networks.length > 1) {
    const [low, high] = networks.slice(-2) as [Ipv4Network, Ipv4Network];
    if (low.prefix !== high.prefix || low.prefix === 0) return;
    const whole = { address: lowest(low.address, low.prefix - 1), prefix: low.prefix - 1 };
    if (!contains(whole, high.address)) return;
    networks.splice(-2, 2, whole);
  }
}
