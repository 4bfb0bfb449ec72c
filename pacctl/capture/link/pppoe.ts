import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import type { NetworkSink } from "./network-sink.ts";

/** Version 1, type 1, code 0: session data (RFC 2516 §4). */
const SESSION_DATA = 0x1100;

/** Version and type, code, session ID, length; then the PPP protocol. */
const HEADER = 6;
const PROTOCOL = 2;

const IPV4 = 0x0021;
const IPV6 = 0x0057;

/** A PPPoE session packet (RFC 2516). `from` is the octet behind the Ethertype. */
export function pppoe(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged: boolean,
): PacketKind {
  if (from + HEADER + PROTOCOL > to) return "malformed";
  if (u16(bytes, from) !== SESSION_DATA) return "other-link";
  const start = from + HEADER;
  const end = Math.min(to, start + u16(bytes, from + 4));
  const protocol = end - start < PROTOCOL ? 0 : u16(bytes, start);
  if (protocol !== IPV4 && protocol !== IPV6) return "other-link";
  return up.ip(bytes, start + PROTOCOL, end, damaged);
}
