import { formatIpv4, ipv4, parseIpv4 } from "./ipv4.ts";

/** An address of IPv4 or IPv6; one of IPv4 that is written as IPv6 (::ffff:192.0.2.1) is one of IPv4. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Whatever both families have as a network; the bits behind the prefix are zero. */
export interface IpNetwork extends IpAddress {
  readonly prefix: number;
}

const MAPPED = 0xffffn << 32n;

/** Undefined for what is no address. */
export function parseIp(text: string): IpAddress | undefined {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return { bits: 32, value: BigInt(v4) };
  // RFC 4291 §2.2 is what the host of a URL may be written as in brackets; it comes back in one form.
  if (!/^[0-9a-fA-F:.]+$/.test(text)) return undefined;
  const host = URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return undefined;
  const [before = "", after] = host.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [head, tail] = [groups(before), groups(after ?? "")];
  const zeros = Array<string>(8 - head.length - tail.length).fill("0");
  const value = [...head, ...zeros, ...tail].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  return value >> 32n === MAPPED >> 32n ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

/**
 * "192.0.2.0/24", "2001:db8::/32", or one address, which is a network of all its bits. A sentence's end for
 * what is none.
 */
export function parseIpNetwork(text: string): IpNetwork | string {
  const [address = "", length, ...more] = text.trim().split("/");
  const ip = parseIp(address);
  if (ip === undefined || more.length > 0 || (length !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(length)))
    return "is not a network like 192.0.2.0/24, 2001:db8::/32 or 192.0.2.7";
  const prefix = length === undefined ? ip.bits : Number(length);
  if (prefix > ip.bits) return `has a prefix length of more than ${ip.bits}`;
  const whole = { ...ip, prefix, value: ip.value & mask(ip.bits, prefix) };
  if (whole.value === ip.value) return whole;
  return `is an address inside a network: write ${formatIpNetwork(whole)}, or the one address without /${prefix}`;
}

/** The one form: a single address without its length. */
export function formatIpNetwork({ bits, value, prefix }: IpNetwork): string {
  const address = bits === 32 ? formatIpv4(ipv4(Number(value))) : formatIpv6(value);
  return prefix === bits ? address : `${address}/${prefix}`;
}

export const ipNetworkHas = (network: IpNetwork, address: IpAddress): boolean =>
  network.bits === address.bits &&
  ((network.value ^ address.value) & mask(network.bits, network.prefix)) === 0n;

const mask = (bits: number, prefix: number): bigint => ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix);

/** RFC 5952, as a URL has it. */
function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}
