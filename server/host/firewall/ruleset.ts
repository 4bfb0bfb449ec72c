import { type Ipv4, parseIpv4 } from "../../wire/ipv4.ts";

/** Whether a rule fits a packet of which not everything is said: "maybe" where that decides. */
export type Fit = "yes" | "no" | "maybe";

/** A TCP packet that this host forwards; undefined is what may be anything. */
export interface Forwarded {
  readonly in: string | undefined;
  readonly out: string | undefined;
  readonly source: Ipv4 | undefined;
  readonly destination: Ipv4 | undefined;
  /** Of its connection, as conntrack has it. */
  readonly state: "new" | "established";
}

type Test = (packet: Forwarded) => Fit;

export type Verdict =
  | { readonly do: "accept" | "drop" | "return" | "unknown" }
  | { readonly do: "jump" | "goto"; readonly chain: string };

/** A rule, or one entry of a rule that chooses its verdict by a map. */
interface Branch {
  readonly test: Test;
  readonly verdict: Verdict;
}

export interface Chain {
  readonly name: string;
  readonly branches: readonly Branch[];
  /**
   * The policy of a chain through which every forwarded packet passes; undefined for one that others jump to.
   */
  readonly policy: "accept" | "drop" | undefined;
}

/** Whose words the table is written in, and who therefore changes it. */
export type Dialect = "nft" | "iptables-nft" | "iptables-legacy";

export interface Table {
  readonly dialect: Dialect;
  /** For example "ip" or "inet". */
  readonly family: string;
  readonly name: string;
  readonly chains: ReadonlyMap<string, Chain>;
  /** Rules with our comment. */
  readonly own: readonly OwnRule[];
}

/** A rule of ours in somebody else's chain: how it is named when it is to be removed. */
export interface OwnRule {
  readonly chain: string;
  /** The words after `nft delete rule FAMILY TABLE CHAIN`, or after `iptables -D CHAIN`. */
  readonly words: readonly string[];
}

/** The comment by which rules of the instance with this interface are known. */
export const commentOf = (tunnel: string): string => `pacd ${tunnel}`;

export const always: Test = () => "yes";
export const maybe: Test = () => "maybe";

/** All of these, of which each must fit. */
export const allOf =
  (tests: readonly Test[]): Test =>
  (packet) => {
    const fits = tests.map((test) => test(packet));
    if (fits.includes("no")) return "no";
    return fits.includes("maybe") ? "maybe" : "yes";
  };

export const not =
  (test: Test): Test =>
  (packet) =>
    ({ yes: "no", no: "yes", maybe: "maybe" })[test(packet)] as Fit;

/** Any of these. */
export const anyOf =
  (tests: readonly Test[]): Test =>
  (packet) => {
    const fits = tests.map((test) => test(packet));
    if (fits.includes("yes")) return "yes";
    return fits.includes("maybe") ? "maybe" : "no";
  };

/** The packet's interface is of that name, or begins with it where `wildcard` ends it. */
export function interfaceIs(side: "in" | "out", name: string, wildcard: "*" | "+"): Test {
  return (packet) => {
    const own = packet[side];
    if (own === undefined) return "maybe";
    const fits = name.endsWith(wildcard) ? own.startsWith(name.slice(0, -1)) : own === name;
    return fits ? "yes" : "no";
  };
}

/** The packet's connection is in one of these states. */
export const stateIs =
  (states: readonly string[]): Test =>
  (packet) =>
    states.some((state) => state.toLowerCase() === packet.state) ? "yes" : "no";

/** The packet is of one of these protocols: it is TCP. */
export const protocolIs = (protocols: readonly string[]): Test =>
  protocols.some((protocol) => ["tcp", "6", "all"].includes(protocol)) ? always : () => "no";

/** The packet's address is in that network. */
export function addressIn(side: "source" | "destination", address: string, prefix: number): Test {
  const network = parseIpv4(address);
  if (network === undefined) return maybe;
  const shift = 32 - prefix;
  return (packet) => {
    const own = packet[side];
    if (own === undefined) return prefix === 0 ? "yes" : "maybe";
    return Math.floor(own / 2 ** shift) === Math.floor(network / 2 ** shift) ? "yes" : "no";
  };
}
