import { parseIpv4 } from "../../../server/wire/ipv4.ts";

/** Networks behind a NAT: RFC 1918, RFC 6598 (of carriers), RFC 3927; address and length of the prefix. */
const PRIVATE: readonly (readonly [network: number, bits: number])[] = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0x64400000, 10],
  [0xa9fe0000, 16],
];

/**
 * May one of these addresses stand for the other behind a NAT, or are they the same? Two public ones are two
 * hosts, and so are two neighbours in one private network.
 */
export function mayBeTranslated(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [privateNetwork(one), privateNetwork(other)];
  if (first === undefined && second === undefined) return false;
  return first !== second;
}

/** The first three numbers of an address that is private; of IPv6 the first group of a unique local one. */
function privateNetwork(address: string): string | undefined {
  if (address.includes(":")) return /^f[cd]/i.test(address) ? address.split(":")[0] : undefined;
  const value = parseIpv4(address);
  if (value === undefined) return undefined;
  const isPrivate = PRIVATE.some(([network, bits]) => (value ^ network) >>> (32 - bits) === 0);
  return isPrivate ? address.split(".").slice(0, 3).join(".") : undefined;
}
