import type { Ipv4Network } from "../wire/ipv4-network.ts";
import { formatPlace, parseNetwork } from "./networks.ts";
import { type Parsed, quoted } from "./parsed.ts";

/** One rule of where a client may send to, as the data plane compares it. */
export interface Destination {
  readonly network: Ipv4Network;
  /** An IP protocol number, 0 to 255; undefined: any. */
  readonly protocol: number | undefined;
  /** Destination ports of TCP or UDP, inclusive; empty: any. Not empty only with protocol 6 or 17. */
  readonly ports: readonly PortRange[];
}

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Ours: port ranges in one rule; the data plane may have to look at each for every packet. */
const MAX_PORT_RANGES = 16;

/** Ours: a network, a protocol and sixteen ranges with generous spaces; nothing longer is looked at. */
const MAX_TEXT = 300;

/** Protocols that have a name here (IANA protocol numbers); the others are "proto N". */
const NAMES: ReadonlyMap<string, number> = new Map([
  ["icmp", 1],
  ["tcp", 6],
  ["udp", 17],
  ["gre", 47],
]);
const WITH_PORTS: ReadonlySet<number> = new Set([6, 17]);

const HIGHEST_PORT = 0xffff;
const EXAMPLES = `10.0.0.0/8, "192.0.2.5 tcp 443,8000-8080", "0.0.0.0/0 udp 53" or "10.0.0.0/8 proto 50"`;

/**
 * "10.0.0.0/8", "192.0.2.5 tcp 443,8000-8080", "0.0.0.0/0 udp 53", "10.0.0.0/8 icmp", "10.0.0.0/8 proto 50":
 * a network or an address, then a protocol where only one is meant, then ports of TCP or UDP.
 */
export function parseDestination(text: string): Parsed<Destination> {
  const [where, ...what] = text.length > MAX_TEXT ? [] : inWords(text);
  if (where === undefined) return noDestination(text);
  const network = parseNetwork(where);
  if (!network.ok) return network;
  if (what.length === 0) return sound({ network: network.value, protocol: undefined, ports: [] });
  const named = what[0] === "proto" ? wholeNumber(what[1], 0xff) : NAMES.get(what[0]!);
  const [portsText, ...more] = what.slice(what[0] === "proto" ? 2 : 1);
  if (named === undefined || more.length > 0) return noDestination(text);
  if (portsText === undefined) return sound({ network: network.value, protocol: named, ports: [] });
  if (!WITH_PORTS.has(named))
    return { ok: false, says: `${quoted(text)}: only tcp and udp have ports, like "${where} tcp 443".` };
  const ports = parsePorts(portsText);
  return ports.ok ? sound({ network: network.value, protocol: named, ports: ports.value }) : ports;
}

/**
 * The normal form: an address without "/32", protocols by name, ports in order and no two ranges that touch.
 */
export function formatDestination({ network, protocol, ports }: Destination): string {
  const where = formatPlace(network);
  if (protocol === undefined) return where;
  const name = [...NAMES].find(([, number]) => number === protocol)?.[0] ?? `proto ${protocol}`;
  const ranges = ports.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return [where, name, ...(ranges.length === 0 ? [] : [ranges.join(",")])].join(" ");
}

function parsePorts(text: string): Parsed<readonly PortRange[]> {
  const parts = text.split(",");
  if (parts.length > MAX_PORT_RANGES)
    return {
      ok: false,
      says: `${quoted(text)} are ${parts.length} port ranges; ${MAX_PORT_RANGES} at most.`,
    };
  const ranges: PortRange[] = [];
  for (const part of parts) {
    const [from, to, ...more] = part.split("-");
    const first = wholeNumber(from, HIGHEST_PORT);
    const last = to === undefined ? first : wholeNumber(to, HIGHEST_PORT);
    if (first === undefined || last === undefined || more.length > 0)
      return { ok: false, says: `${quoted(part)} is not a port like 443, or a range like 8000-8080.` };
    if (last < first)
      return { ok: false, says: `The port range ${part} is reversed: write ${last}-${first}.` };
    ranges.push({ first, last });
  }
  return { ok: true, value: joined(ranges) };
}

/** In order, and as few as they can be. */
function joined(ranges: readonly PortRange[]): readonly PortRange[] {
  const result: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = result.at(-1);
    if (before === undefined || range.first > before.last + 1) result.push(range);
    else result[result.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return result;
}

/** Lower case, and no spaces around "-", "," and "/". */
const inWords = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/\s*([-,/])\s*/g, "$1")
    .split(/\s+/)
    .filter((word) => word !== "");

/** As it is written: without a sign or a leading zero. */
function wholeNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^(?:0|[1-9]\d{0,4})$/.test(text)) return undefined;
  return Number(text) > most ? undefined : Number(text);
}

const sound = (value: Destination): Parsed<Destination> => ({ ok: true, value });

const noDestination = (text: string): Parsed<never> => ({
  ok: false,
  says: `${quoted(text)} is not a destination like ${EXAMPLES}.`,
});
