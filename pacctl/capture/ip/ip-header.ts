import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { u16, u32 } from "../files/octets.ts";

/** IP protocol numbers. */
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, gre: 47, icmp6: 58 } as const;

/** IPv6 extension headers (RFC 8200 §4, RFC 4302, and those of RFC 7045 that have the common form). */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
export const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const COMMON_FORM: ReadonlySet<number> = new Set([HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, 135, 139, 140]);

const V4_HEADER = 20;
const V6_HEADER = 40;
const FRAGMENT_HEADER = 8;

/** Of an IPv4 packet; and of an IPv6 packet that carries no identification. */
const NO_ID = -1;

/**
 * What an IP packet says of itself. One object is filled again and again; numbers are places in `bytes`,
 * which the packet must outlive.
 */
export class IpHeader {
  version: 4 | 6 = 4;
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the header begins. */
  start = 0;
  /** Where the source address is; the destination follows it. */
  addresses = 0;
  protocol = 0;
  /** Identification, or -1 where there is none. */
  id = NO_ID;
  /** What the packet carries, as far as it was captured. */
  payload = 0;
  end = 0;
  /** Octets that it carries by its own length: more than `end - payload` where the capture cut it. */
  length = 0;
  /** Of the header, extension headers of IPv6 included. Of a datagram in fragments: the last one's. */
  headerLength = 0;
  /** Of header and payload, as the header says; 0 where that is left to the network card. The same holds. */
  totalLength = 0;
  /** Octets before it in its datagram, and whether more follow. */
  fragmentOffset = 0;
  moreFragments = false;
  /** What is known of the checksum without reckoning it. */
  checked: "right" | "wrong" | "none" | undefined;

  get addressLength(): 4 | 16 {
    return this.version === 4 ? 4 : 16;
  }

  get isFragment(): boolean {
    return this.moreFragments || this.fragmentOffset > 0;
  }

  get cut(): boolean {
    return this.end - this.payload < this.length;
  }

  /** Of the header; reckoned when asked for. */
  get checksum(): "right" | "wrong" | "none" {
    if (this.checked !== undefined) return this.checked;
    if (this.version === 6 || u16(this.bytes, this.start + 10) === 0) return "none";
    const end = this.start + (this.bytes[this.start]! & 15) * 4;
    return internetChecksum(this.bytes, this.start, end) === 0 ? "right" : "wrong";
  }
}

/**
 * Fills `header` from a packet and the padding behind it. False: the packet contradicts itself or is cut too
 * early.
 */
export function readIp(
  bytes: Uint8Array,
  from: number,
  to: number,
  damaged: boolean,
  header: IpHeader,
): boolean {
  const version = from < to ? bytes[from]! >>> 4 : 0;
  header.bytes = bytes;
  header.start = from;
  header.checked = damaged ? "wrong" : undefined;
  if (version === 4) return readIpv4(bytes, from, to, header);
  return version === 6 && readIpv6(bytes, from, to, header);
}

function readIpv4(bytes: Uint8Array, from: number, to: number, header: IpHeader): boolean {
  if (to - from < V4_HEADER) return false;
  const payload = from + (bytes[from]! & 15) * 4;
  const stated = u16(bytes, from + 2);
  const total = stated === 0 ? to - from : stated; // zero: segmentation is left to the network card
  if (payload < from + V4_HEADER || payload > to || from + total < payload) return false;
  const fragment = u16(bytes, from + 6);
  header.version = 4;
  header.addresses = from + 12;
  header.protocol = bytes[from + 9]!;
  header.id = u16(bytes, from + 4);
  header.headerLength = payload - from;
  header.totalLength = stated;
  header.payload = payload;
  header.end = Math.min(to, from + total);
  header.length = from + total - payload;
  header.fragmentOffset = (fragment & 0x1fff) * 8;
  header.moreFragments = (fragment & 0x2000) !== 0;
  // What is behind it is readable: it signs, and does not encrypt.
  return header.protocol !== AUTHENTICATION || header.isFragment || readExtensions(header, AUTHENTICATION);
}

function readIpv6(bytes: Uint8Array, from: number, to: number, header: IpHeader): boolean {
  if (to - from < V6_HEADER) return false;
  const stated = u16(bytes, from + 4);
  const payload = from + V6_HEADER;
  header.version = 6;
  header.addresses = from + 8;
  header.id = NO_ID;
  header.headerLength = V6_HEADER;
  header.totalLength = stated === 0 ? 0 : V6_HEADER + stated;
  header.payload = payload;
  header.length = stated === 0 ? to - payload : stated; // zero: a jumbogram, or left to the network card
  header.end = Math.min(to, payload + header.length);
  header.fragmentOffset = 0;
  header.moreFragments = false;
  return readExtensions(header, bytes[from + 6]!);
}

/** Moves past the extension headers from `next` on, up to a fragment of something or to the protocol. */
export function readExtensions(header: IpHeader, next: number): boolean {
  const { bytes } = header;
  let protocol = next;
  while (COMMON_FORM.has(protocol) || protocol === AUTHENTICATION || protocol === FRAGMENT) {
    const at = header.payload;
    if (at + FRAGMENT_HEADER > header.end) return false;
    const units = bytes[at + 1]!;
    let size = (units + 1) * 8;
    if (protocol === AUTHENTICATION) size = (units + 2) * 4;
    if (protocol === FRAGMENT) {
      size = FRAGMENT_HEADER;
      header.fragmentOffset = u16(bytes, at + 2) & 0xfff8;
      header.moreFragments = (bytes[at + 3]! & 1) !== 0;
      header.id = u32(bytes, at + 4);
    }
    if (at + size > header.end) return false;
    header.payload = at + size;
    header.headerLength += size;
    header.length -= size;
    protocol = bytes[at]!;
    if (header.isFragment) break;
  }
  header.protocol = protocol;
  return true;
}
