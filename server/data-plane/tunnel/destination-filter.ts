import {
  destinationOf,
  headerLength,
  isFirstFragment,
  MIN_HEADER,
  protocolOf,
  signed,
} from "../../ip/inner-packet.ts";
import type { Destination } from "../../policy/destinations.ts";
import { networkMask } from "../../policy/networks.ts";

/** In place of a protocol number: any. */
const ANY = -1;

/** IPv4 options (RFC 791 §3.1). */
const END = 0;
const NO_OPERATION = 1;
const LOOSE_SOURCE_ROUTE = 131;
const STRICT_SOURCE_ROUTE = 137;

/**
 * Where the packets of one client may go: rules laid out flat, so that comparing a packet allocates nothing.
 */
export class DestinationFilter {
  readonly #networks: Int32Array;
  readonly #masks: Int32Array;
  readonly #protocols: Int16Array;
  /**
   * The ports of rule i are the pairs in `#ports` from `#portsAt[i]` up to `#portsAt[i + 1]`; no pair: any
   * port.
   */
  readonly #portsAt: Uint16Array;
  readonly #ports: Uint16Array;

  constructor(rules: readonly Destination[]) {
    const ports = rules.map((rule) => rule.ports.flatMap(({ first, last }) => [first, last]));
    this.#masks = Int32Array.from(rules, ({ network }) => networkMask(network.prefix));
    this.#networks = Int32Array.from(rules, ({ network }) => signed(network.address));
    this.#protocols = Int16Array.from(rules, ({ protocol }) => protocol ?? ANY);
    this.#ports = Uint16Array.from(ports.flat());
    this.#portsAt = new Uint16Array(rules.length + 1);
    for (const [i, pairs] of ports.entries()) this.#portsAt[i + 1] = this.#portsAt[i]! + pairs.length;
  }

  /** May the sound IPv4 packet at `at`, which ends at `end`, go where it wants to? */
  allows(bytes: Uint8Array, at: number, end: number): boolean {
    const header = headerLength(bytes, at);
    if (header > MIN_HEADER && isSourceRouted(bytes, at + MIN_HEADER, at + header)) return false;
    const destination = destinationOf(bytes, at);
    const protocol = protocolOf(bytes, at);
    for (let rule = 0; rule < this.#networks.length; rule += 1) {
      if ((destination & this.#masks[rule]!) !== this.#networks[rule]!) continue;
      if (this.#protocols[rule] !== ANY && this.#protocols[rule] !== protocol) continue;
      if (this.#portsAt[rule] === this.#portsAt[rule + 1]) return true;
      // Fragments after the first hold no ports; without the first, which is checked, they are never
      // reassembled.
      if (!isFirstFragment(bytes, at)) return true;
      if (this.#hasPort(rule, bytes, at + header, end)) return true;
    }
    return false;
  }

  /** Is the port at `transport` + 2 one of the rule's? A packet too short to have it has none. */
  #hasPort(rule: number, bytes: Uint8Array, transport: number, end: number): boolean {
    if (end - transport < 4) return false;
    const port = (bytes[transport + 2]! << 8) | bytes[transport + 3]!;
    for (let i = this.#portsAt[rule]!; i < this.#portsAt[rule + 1]!; i += 2) {
      if (port >= this.#ports[i]! && port <= this.#ports[i + 1]!) return true;
    }
    return false;
  }
}

/**
 * A source route leads on from the destination of the header, past all rules. So may options that make no
 * sense.
 */
function isSourceRouted(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end && bytes[at] !== END; ) {
    const option = bytes[at]!;
    if (option === LOOSE_SOURCE_ROUTE || option === STRICT_SOURCE_ROUTE) return true;
    if (option === NO_OPERATION) {
      at += 1;
      continue;
    }
    const length = at + 1 < end ? bytes[at + 1]! : 0;
    if (length < 2 || at + length > end) return true;
    at += length;
  }
  return false;
}
