import { type Ipv4, ipv4 } from "../wire/ipv4.ts";
import type { Ipv4Network } from "../wire/ipv4-network.ts";
import type { AddressRange, Config } from "./config-types.ts";

/**
 * The fewest networks that together are exactly this range, in ascending order: 62 at most,
 * 10.20.0.200-10.20.0.220 for example is 10.20.0.200/29, 10.20.0.208/29, 10.20.0.216/30 and 10.20.0.220/32.
 */
export function exactNetworks({ first, last }: AddressRange): readonly Ipv4Network[] {
  const networks: Ipv4Network[] = [];
  // No address is 2^32, but a range may end before it: these are numbers, not addresses.
  for (let next: number = first; next <= last; next += 2 ** (32 - networks.at(-1)!.prefix))
    networks.push(largestFrom(ipv4(next), last - next + 1));
  return networks;
}

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
 * Exactly the addresses that the pools claim, as networks: for routes and NAT. Those that an entry of a pool
 * was written with, so all of a network, with the addresses of it that no client gets. The fewest, none
 * inside another, in ascending order.
 */
export const poolNetworks = (config: PoolConfig): readonly Ipv4Network[] =>
  claimedRanges(config).flatMap(exactNetworks);

/** The same addresses as ranges, as few as can be, in ascending order. */
export function claimedRanges({ tunnel, pools }: PoolConfig): readonly AddressRange[] {
  const ranges = [tunnel.pool, ...pools.values()].flat().map((range) => range.claims ?? range);
  const joined: AddressRange[] = [];
  for (const { first, last } of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before === undefined || first > before.last + 1) joined.push({ first, last });
    else if (last > before.last) joined.splice(-1, 1, { first: before.first, last });
  }
  return joined;
}

export const contains = (network: Ipv4Network, address: Ipv4): boolean =>
  lowest(address, network.prefix) === network.address;

/** The last address of a network. */
export const broadcastOf = ({ address, prefix }: Ipv4Network): Ipv4 => ipv4((address | ~mask(prefix)) >>> 0);

/** A shift by 32 would be a shift by 0 in JavaScript. */
const mask = (prefix: number): number => (prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0);

const lowest = (address: Ipv4, prefix: number): Ipv4 => ipv4(address & mask(prefix));

/** The largest network that begins with this address and holds no more than so many. */
function largestFrom(address: Ipv4, room: number): Ipv4Network {
  const aligned = address === 0 ? 32 : 31 - Math.clz32(address & -address);
  return { address, prefix: 32 - Math.min(aligned, Math.floor(Math.log2(room))) };
}
