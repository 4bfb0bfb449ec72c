import { formatIpv4, type Ipv4, ipv4, parseIpv4 } from "../wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import type { AddressRange, Endpoint, PoolRange } from "./config-types.ts";
import { broadcastOf, contains, exactNetworks } from "./networks.ts";

/**
 * Networks that hold no host's address: RFC 1122 §3.2.1.3 (this host, loopback), RFC 1112 §4 (groups and what
 * is left).
 */
const NOT_FOR_HOSTS: readonly Ipv4Network[] = [
  { address: ipv4(0), prefix: 8 },
  { address: ipv4(0x7f000000), prefix: 8 },
  { address: ipv4(0xe0000000), prefix: 3 },
];

/** Ours: an entry of the pool holds 2^24 addresses at most, a /8. */
const MAX_RANGE = 2 ** 24;

export const HOST_ADDRESS = "an IPv4 address of a host, such as 10.77.0.1";

/** An address that a host can have: not 0.0.0.0/8, not loopback, not a group, not broadcast. */
export function parseHostAddress(text: string): Ipv4 | undefined {
  const address = parseIpv4(text);
  if (address === undefined || NOT_FOR_HOSTS.some((network) => contains(network, address))) return undefined;
  return address;
}

export const POOL_ENTRY =
  "addresses of hosts as a range (10.77.0.10-10.77.0.99), a network (10.77.0.0/24) or a single one (10.77.0.10)";

/** A range, a network in CIDR form less its network and broadcast address, or one address. */
export function parsePoolEntry(text: string): PoolRange | undefined {
  const range = text.includes("/") ? parseNetworkHosts(text) : parseRange(text);
  if (range === undefined || range.first > range.last || range.last - range.first >= MAX_RANGE)
    return undefined;
  const reserved = NOT_FOR_HOSTS.some((network) => overlap(range, rangeOf(network)));
  return reserved ? undefined : range;
}

/** The range that was meant by one whose first address is the higher one; undefined for all else. */
export function reversedRange(text: string): AddressRange | undefined {
  const range = parseRange(text);
  return range === undefined || range.first <= range.last
    ? undefined
    : { first: range.last, last: range.first };
}

/** Do two ranges share an address? */
export const overlap = (a: AddressRange, b: AddressRange): boolean => a.first <= b.last && b.first <= a.last;

/**
 * What clients may get of a range without one address: none, one or two ranges, which claim what it claimed.
 */
export function without(range: PoolRange, address: Ipv4): readonly PoolRange[] {
  const { first, last, claims = { first, last } } = range;
  if (address < first || address > last) return [range];
  return [
    { first, last: (address - 1) as Ipv4, claims },
    { first: (address + 1) as Ipv4, last, claims },
  ].filter((part) => part.first <= part.last);
}

/** "a.b.c.d:port"; the port is not 0. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const [, host = "", port = ""] = /^([^:]*):([1-9]\d{0,4})$/.exec(text) ?? [];
  return parseIpv4(host) === undefined ? undefined : endpoint(host, port);
}

/** As parseEndpoint, or "[::1]:port". */
export function parseLocalEndpoint(text: string): Endpoint | undefined {
  const [, port] = /^\[::1\]:([1-9]\d{0,4})$/.exec(text) ?? [];
  return port === undefined ? parseEndpoint(text) : endpoint("::1", port);
}

/** Where every IPv4 address of the host is meant. */
export const EVERYWHERE = "0.0.0.0";

/** Can not both be listened on: they are the same, or one of them means every address with the same port. */
export const sameSocket = (a: Endpoint, b: Endpoint): boolean =>
  a.port === b.port &&
  (a.host === b.host || ([a.host, b.host].includes(EVERYWHERE) && ![a.host, b.host].includes("::1")));

/** The addresses of this host that clients can dial; none where that is every one. */
export const dialledAddresses = (listen: readonly Endpoint[]): readonly Ipv4[] =>
  listen.some(({ host }) => host === EVERYWHERE)
    ? []
    : [...new Set(listen.map(({ host }) => parseIpv4(host)!))];

/** For example "10.77.0.1:1723" or "[::1]:8723". */
export const formatEndpoint = ({ host, port }: Endpoint): string =>
  host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;

/** For example "10.77.0.10-10.77.3.250". */
export const formatRange = ({ first, last }: AddressRange): string =>
  first === last ? formatIpv4(first) : `${formatIpv4(first)}-${formatIpv4(last)}`;

/** As formatRange; for a range that is exactly one network, that: "10.77.0.0/24". */
export function formatAddresses(range: AddressRange): string {
  const [network, more] = exactNetworks(range);
  return network !== undefined && more === undefined && network.prefix < 32
    ? formatNetwork(network)
    : formatRange(range);
}

const endpoint = (host: string, port: string): Endpoint | undefined =>
  Number(port) > 65535 ? undefined : { host, port: Number(port) };

const rangeOf = (network: Ipv4Network): AddressRange => ({
  first: network.address,
  last: broadcastOf(network),
});

function parseRange(text: string): AddressRange | undefined {
  const [low = "", high = low, ...more] = text.split("-").map((part) => part.trim());
  const [first, last] = [parseIpv4(low), parseIpv4(high)];
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  return { first, last };
}

function parseNetworkHosts(text: string): PoolRange | undefined {
  const [, quad = "", bits = ""] = /^([^/]+)\/(\d{1,2})$/.exec(text) ?? [];
  const [address, prefix] = [parseIpv4(quad), Number(bits)];
  if (address === undefined || prefix > 32) return undefined;
  // Host bits set: whether the network or the one address is meant cannot be known.
  if (!contains({ address, prefix }, address)) return undefined;
  const all = rangeOf({ address, prefix });
  if (prefix >= 31) return all;
  return { first: (all.first + 1) as Ipv4, last: (all.last - 1) as Ipv4, claims: all };
}
