import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import type { NetworkSink } from "./network-sink.ts";
import { ppp } from "./ppp.ts";

/** Version 1, type 1, code 0: session data (RFC 2516 §4). */
const SESSION_DATA = 0x1100;

/** Version and type, code, session ID, length; then a PPP packet. */
const HEADER = 6;

/** A PPPoE session packet (RFC 2516). `from` is the octet behind the Ethertype. */
export function pppoe(
  bytes: Uint8Array,
  from: number,
  to: number,
  up: NetworkSink,
  damaged = false,
): PacketKind {
  if (from + HEADER > to) return "malformed";
  if (u16(bytes, from) !== SESSION_DATA) return "other-link";
  const start = from + HEADER;
  return ppp(bytes, start, Math.min(to, start + u16(bytes, from + 4)), up, damaged);
}
