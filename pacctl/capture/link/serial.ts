import type { PacketKind } from "../captured.ts";
import { u16 } from "../files/octets.ts";
import { ofEthertype } from "./ethertype.ts";
import type { NetworkSink } from "./network-sink.ts";
import { ppp } from "./ppp.ts";

/** Address and control of Cisco's HDLC: to one, to all; then an Ethertype. */
const TO_ONE = 0x0f;
const TO_ALL = 0x8f;
const HDLC_HEADER = 4;

/** Smaller numbers are Cisco's own here, and no lengths. */
const OWN_NUMBERS = 0x0600;

/** A serial line: PPP, or Cisco's HDLC, which its first octet tells. */
export function serial(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  if (from >= to) return "malformed";
  if (bytes[from] !== TO_ONE && bytes[from] !== TO_ALL) return ppp(bytes, from, to, up, false);
  if (from + HDLC_HEADER > to) return "malformed";
  const type = u16(bytes, from + 2);
  return type < OWN_NUMBERS ? "other-link" : ofEthertype(type, bytes, from + HDLC_HEADER, to, up);
}

const UI = 0x03;

/** An octet that says the direction; where it replaced PPP's address, control stands behind it. */
export function pppWithDirection(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  const control = from + 1 < to && bytes[from + 1] === UI ? 1 : 0;
  return ppp(bytes, from + 1 + control, to, up, false);
}

/** Q.922 address of two octets, UI, and a protocol (RFC 2427); or, of Cisco, an Ethertype instead. */
const ADDRESS = 2;
const NLPID = { ipv4: 0xcc, ipv6: 0x8e, snap: 0x80 } as const;
const SNAP_HEADER = 5;

/** Frame Relay. */
export function frameRelay(bytes: Uint8Array, from: number, to: number, up: NetworkSink): PacketKind {
  const at = from + ADDRESS;
  if (at + 2 > to) return "malformed";
  if (bytes[at] !== UI) {
    const type = u16(bytes, at);
    return type < OWN_NUMBERS ? "other-link" : ofEthertype(type, bytes, at + 2, to, up);
  }
  const protocol = bytes[at + 1] === 0 ? at + 2 : at + 1; // an octet of padding
  if (protocol >= to) return "malformed";
  const id = bytes[protocol]!;
  if (id === NLPID.ipv4 || id === NLPID.ipv6) return up.ip(bytes, protocol + 1, to, false);
  const end = protocol + 1 + SNAP_HEADER;
  if (id !== NLPID.snap || end > to) return "other-link";
  const type = u16(bytes, end - 2);
  return type < OWN_NUMBERS ? "other-link" : ofEthertype(type, bytes, end, to, up);
}
