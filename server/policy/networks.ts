import { formatIpv4, type Ipv4, ipv4, parseIpv4 } from "../wire/ipv4.ts";
import { formatNetwork, type Ipv4Network } from "../wire/ipv4-network.ts";
import { type Parsed, quoted } from "./parsed.ts";

/** Ours: networks in one list. Each log-in looks through all of them. */
export const MAX_NETWORKS = 64;

/** Ours: a prefix length as it is written, without a sign or a leading zero. */
const PREFIX = /^(?:[0-9]|[12][0-9]|3[0-2])$/;

/**
 * "203.0.113.0/24", or a single address, which is a network of 32 bits. An address inside a network is none.
 */
export function parseNetwork(text: string): Parsed<Ipv4Network> {
  const [before, after, ...more] = text.trim().split("/");
  const address = parseIpv4(before!);
  if (address === undefined || more.length > 0 || (after !== undefined && !PREFIX.test(after)))
    return { ok: false, says: `${quoted(text)} is not a network like 203.0.113.0/24 or 203.0.113.7.` };
  const network = { address, prefix: after === undefined ? 32 : Number(after) };
  const whole = { address: ipv4(address & networkMask(network.prefix)), prefix: network.prefix };
  if (whole.address === address) return { ok: true, value: network };
  const meant = `write ${formatNetwork(whole)} for the network, or ${formatIpv4(address)} for the one address`;
  return { ok: false, says: `${formatNetwork(network)} is an address inside a network: ${meant}.` };
}

/** The normal form: "203.0.113.0/24", and a single address as it is written, without "/32". */
export const formatPlace = (network: Ipv4Network): string =>
  network.prefix === 32 ? formatIpv4(network.address) : formatNetwork(network);

/** Does the address lie in the network, its first and last address included? */
export const networkContains = (network: Ipv4Network, address: Ipv4): boolean =>
  ((network.address ^ address) & networkMask(network.prefix)) === 0;

/**
 * The bits that a network of this prefix length fixes, as a signed number. A shift by 32 bits would shift by
 * none.
 */
export const networkMask = (prefix: number): number => (prefix === 0 ? 0 : -1 << (32 - prefix));
