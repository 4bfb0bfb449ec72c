import { formatAddresses, formatRange, overlap } from "./config/addresses.ts";
import type { AddressRange, Config, PoolRange } from "./config/config-types.ts";
import { broadcastOf } from "./config/networks.ts";
import { AppError } from "./errors/app-error.ts";
import type { HostNetwork } from "./platform/host-networks.ts";
import { formatIpv4 } from "./wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "./wire/ipv4-network.ts";

/** Ours: so many are told one by one. A router's table may lie in a pool with ten thousand routes. */
const MOST_TOLD = 8;

/** What to do about any of them. */
export const CLASH_REMEDY =
  "Give the clients addresses of their own (tunnel.pool, [pools]); where the overlap is meant, set tunnel.allow_overlap = true.";

/**
 * A sentence for each address and route of the host that shares addresses with a pool, both named: hosts
 * there and clients would have the same ones. `read` hands over all that the host has (`readHostNetworks`).
 * Our own interface is no clash, for its routes are ours, nor is the default route, which shares with
 * everything, also where it is written in two halves.
 */
export function networkClashes(
  config: Pick<Config, "tunnel" | "pools">,
  read: (each: (network: HostNetwork) => void) => void,
): readonly string[] {
  const claims = claimsOf(config);
  const found = new Set<string>();
  let more = false;
  read((host) => {
    if (host.interface === config.tunnel.interface || host.network.prefix <= 1) return;
    for (const claim of claims) {
      if (!clash(claim, host)) continue;
      const sentence = say(claim, host);
      if (found.size < MOST_TOLD) found.add(sentence);
      else more ||= !found.has(sentence);
    }
  });
  return more ? [...found, "More addresses and routes of this host overlap the pools."] : [...found];
}

/**
 * Throws pool-overlaps-host where there are clashes and the configuration does not allow them. Returns their
 * sentences.
 */
export function allowedClashes(
  config: Pick<Config, "tunnel" | "pools">,
  read: (each: (network: HostNetwork) => void) => void,
): readonly string[] {
  const sentences = networkClashes(config, read);
  if (sentences.length === 0 || config.tunnel.allowOverlap) return sentences;
  throw new AppError("pool-overlaps-host", [...sentences, CLASH_REMEDY].join("\n"));
}

interface Claim {
  readonly range: AddressRange;
  /** As it was written, and the key of the configuration. */
  readonly text: string;
}

/** Every entry of every pool. */
const claimsOf = ({ tunnel, pools }: Pick<Config, "tunnel" | "pools">): readonly Claim[] =>
  [
    ["tunnel.pool", tunnel.pool] as const,
    ...[...pools].map(([name, pool]) => [`pools.${name}`, pool] as const),
  ]
    .flatMap(([key, pool]) => pool.map((range) => claimOf(key, range)))
    // The concentrator's own address may have cut an entry in two, which claim the same.
    .filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index);

function claimOf(key: string, { claims, ...range }: PoolRange): Claim {
  // What claims more than it hands out was written as a network, unless it had the concentrator's own address
  // in it.
  const written = claims === undefined ? formatRange(range) : formatAddresses(claims);
  return { range: claims ?? range, text: `The pool ${written} (${key})` };
}

function clash({ range }: Claim, { network, kind }: HostNetwork): boolean {
  const host = rangeOf(network);
  if (!overlap(range, host)) return false;
  // Where nobody is behind a wider route, nobody is cut off: it only keeps what is unused from leaving.
  const wider = host.first <= range.first && host.last >= range.last && !isSame(host, range);
  return kind !== "dead-end" || !wider;
}

const rangeOf = (network: Ipv4Network): AddressRange => ({
  first: network.address,
  last: broadcastOf(network),
});

const isSame = (a: AddressRange, b: AddressRange): boolean => a.first === b.first && a.last === b.last;

function say({ text: ours }: Claim, host: HostNetwork): string {
  const text = host.network.prefix === 32 ? formatIpv4(host.network.address) : formatNetwork(host.network);
  const at = host.interface === "" ? "" : ` (${host.interface})`;
  const table = host.table === undefined ? "" : ` by its routing table ${host.table}`;
  switch (host.kind) {
    case "own":
      return `${ours} overlaps ${text}, ${host.network.prefix === 32 ? "an address" : "addresses"} of this host${at}.`;
    case "other-end":
      return `${ours} overlaps ${text}, which is the other end of ${host.interface}.`;
    case "dead-end":
      return `${ours} overlaps ${text}, which this host keeps from going anywhere${table}.`;
    case "route": {
      const through = host.interface === "" ? "" : ` through ${host.interface}`;
      return `${ours} overlaps ${text}, which this host reaches${through}${table}: hosts there and clients may not find each other.`;
    }
  }
}
