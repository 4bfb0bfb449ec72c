/**
 * An IPv4 address as an unsigned 32-bit number in host order: 10.0.0.1 is 0x0a000001.
 */
declare const brand: unique symbol;
export type Ipv4 = number & { readonly [brand]: "ipv4" };

const DOTTED = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

export const ipv4 = (n: number): Ipv4 => (n >>> 0) as Ipv4;

/** A dotted quad, or undefined where the text is not exactly one (no leading zeros, no short forms). */
export function parseIpv4(text: string): Ipv4 | undefined {
  const match = DOTTED.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return ipv4((parts[0]! << 24) | (parts[1]! << 16) | (parts[2]! << 8) | parts[3]!);
}

export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
