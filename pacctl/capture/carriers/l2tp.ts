import { u16, u32 } from "../files/octets.ts";
import { ppp } from "../link/ppp.ts";
import type { Carrier } from "./carrier.ts";

/** First two octets (RFC 2661 §3.1): what is there besides, and the version. */
const CONTROL = 0x8000;
const LENGTH = 0x4000;
const SEQUENCE = 0x0800;
const OFFSET = 0x0200;
const VERSION = 0x000f;

/** Those two, tunnel and session. */
const HEADER = 6;

/** L2TP, version 2: a PPP packet. */
export const l2tp: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to) return undefined;
  const flags = u16(bytes, from);
  if ((flags & CONTROL) !== 0) return undefined;
  if ((flags & VERSION) === 3) return up.unread("l2tp-v3", "udp");
  if ((flags & VERSION) !== 2) return undefined;
  let at = from + HEADER;
  if ((flags & LENGTH) !== 0) at += 2;
  if ((flags & SEQUENCE) !== 0) at += 4;
  if ((flags & OFFSET) === 0) return ppp(bytes, at, to, up, damaged);
  return at + 2 > to ? "malformed" : ppp(bytes, at + 2 + u16(bytes, at), to, up, damaged);
};

/** L2TP, version 3, over IP (RFC 3931 §4.1.1): session 0 is control, others are as the ends agreed on. */
export const l2tpOverIp: Carrier = (bytes, from, to, up) => {
  const control = from + 4 <= to && u32(bytes, from) === 0;
  return control ? "other-ip" : up.unread("l2tp-v3", "other-ip");
};
