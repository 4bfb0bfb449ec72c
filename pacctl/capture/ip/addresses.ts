import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { u16, u32 } from "../files/octets.ts";
import { MAX_ADDRESS_TEXTS } from "../limits.ts";

/** Addresses as text. Keeps those of IPv4, which come again with every packet. */
export class AddressTexts {
  readonly #texts = new Map<number, string>();

  /** The address of so many octets (4 or 16) at `at`. */
  text(bytes: Uint8Array, at: number, length: 4 | 16): string {
    return length === 4 ? this.#ipv4(u32(bytes, at)) : formatIpv6(bytes, at);
  }

  #ipv4(address: number): string {
    const known = this.#texts.get(address);
    if (known !== undefined) return known;
    if (this.#texts.size >= MAX_ADDRESS_TEXTS) this.#texts.clear();
    const text = formatIpv4(ipv4(address));
    this.#texts.set(address, text);
    return text;
  }
}

const GROUPS = 8;

/**
 * An IPv6 address in the form of RFC 5952: the first of the longest runs of two zero groups or more becomes
 * `::`.
 */
export function formatIpv6(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: GROUPS }, (_, i) => u16(bytes, at + 2 * i));
  let best = 0;
  let length = 1;
  for (let start = 0; start < GROUPS; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > length) [best, length] = [start, end - start];
  }
  const written = groups.map((group) => group.toString(16));
  if (length === 1) return written.join(":");
  return `${written.slice(0, best).join(":")}::${written.slice(best + length).join(":")}`;
}
