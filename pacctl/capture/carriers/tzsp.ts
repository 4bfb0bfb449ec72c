import { u16 } from "../files/octets.ts";
import { linkLayerOf } from "../link/link-layer.ts";
import type { Carrier } from "./carrier.ts";

/** Version 1; type; what kind of frame. */
const HEADER = 4;
const VERSION = 1;

/** A packet that was received, or is to be sent: the types that carry one. */
const WITH_PACKET: ReadonlySet<number> = new Set([0, 1]);

/** Tags: one octet alone, or with a length and as many octets; the last one is END. */
const PADDING = 0;
const END = 1;

/** Kinds of frames that are no link types of pcap. */
const ETHERNET = 1;
const WIFI = 18;
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [ETHERNET, 1],
  [WIFI, 105],
  [119, 119],
  [127, 163],
]);

/** TaZmen Sniffer Protocol: what `/tool sniffer` of RouterOS streams. */
export const tzsp: Carrier = (bytes, from, to, up) => {
  if (from + HEADER > to || bytes[from] !== VERSION) return undefined;
  if (!WITH_PACKET.has(bytes[from + 1]!)) return undefined;
  const kind = u16(bytes, from + 2);
  let at = from + HEADER;
  while (at < to && bytes[at] !== END)
    at += bytes[at] === PADDING ? 1 : 2 + (at + 1 < to ? bytes[at + 1]! : 0);
  if (at >= to) return "malformed";
  const layer = linkLayerOf(LINK_TYPES.get(kind) ?? -1);
  return layer === undefined ? up.unread("tzsp", "udp", kind) : layer(bytes, at + 1, to, up);
};
