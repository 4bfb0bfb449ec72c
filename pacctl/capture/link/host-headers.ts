import type { PacketKind } from "../captured.ts";
import { u16, u16le, u32, u32le } from "../files/octets.ts";
import type { NetworkSink } from "./network-sink.ts";

const FAMILY = 4;
const INET = 2;

/** AF_INET6 in NetBSD and Linux's own, FreeBSD, macOS: 24, 28, 30; 10 in Linux, 26 in Solaris. */
const INET6: ReadonlySet<number> = new Set([10, 24, 26, 28, 30]);

const isIp = (family: number): boolean => family === INET || INET6.has(family);

/** An address family in the byte order of the host that captured, whichever that was. */
const familyAt = (bytes: Uint8Array, at: number): number => Math.min(u32(bytes, at), u32le(bytes, at));

/** NULL and LOOP: an address family. */
export function loopback(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return ofFamily(bytes, from, to, up, FAMILY);
}

/** Address family, index of the security association, flags. */
const ENC_HEADER = 12;

/** ENC: packets of IPsec as a BSD shows them, decrypted. */
export function enc(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  return ofFamily(bytes, from, to, up, ENC_HEADER);
}

function ofFamily(bytes: Uint8Array, from: number, to: number, up: NetworkSink, header: number): PacketKind {
  if (from + header > to) return "malformed";
  return ofNumber(familyAt(bytes, from), bytes, from + header, to, up);
}

function ofNumber(family: number, bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (isIp(family)) return up.ip(bytes, from, to, false);
  return up.unread("address-family", "other-link", family & 0xffff);
}

/** Length of the header, which is padded to a multiple of four, and address family. */
const PFLOG_LEAST = 4;

/** PFLOG: packets that OpenBSD's pf has logged. */
export function pflog(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + PFLOG_LEAST > to) return "malformed";
  const start = from + ((bytes[from]! + 3) & ~3);
  if (start < from + PFLOG_LEAST || start > to) return "malformed";
  return ofNumber(bytes[from + 1]!, bytes, start, to, up);
}

/** Version, family, hook type, length, three numbers of interfaces and zones, and one of the group. */
const IPNET_HEADER = 24;

/** IPNET of Solaris. */
export function ipnet(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from + IPNET_HEADER > to) return "malformed";
  return ofNumber(bytes[from + 1]!, bytes, from + IPNET_HEADER, to, up);
}

/** Family, version, resource; then fields, each with a length that counts itself, and a type. */
const NFLOG_HEADER = 4;
const FIELD = 4;
const PAYLOAD = 9;

/** NFLOG: packets that Linux's netfilter has logged. Fields are in the byte order of the host. */
export function nflog(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  const start = from + NFLOG_HEADER;
  if (start + FIELD > to) return "malformed";
  const number = u16le(bytes, start) <= u16(bytes, start) ? u16le : u16;
  for (let at = start; at + FIELD <= to; ) {
    const length = number(bytes, at);
    if (length < FIELD) return "malformed";
    if (number(bytes, at + 2) === PAYLOAD) return up.ip(bytes, at + FIELD, Math.min(to, at + length), false);
    at += (length + 3) & ~3;
  }
  return "other-link";
}
