import { ethernet } from "../link/ethertype.ts";
import { ETHERTYPE } from "../link/ethertypes.ts";
import { type Carrier, typed } from "./carrier.ts";

/** Flags, reserved octets, network identifier (RFC 7348 §5). */
const HEADER = 8;
const WITH_IDENTIFIER = 0x08;

/** Virtual eXtensible LAN: an Ethernet frame. */
export const vxlan: Carrier = (bytes, from, to, up, damaged) => {
  if (from >= to || (bytes[from]! & WITH_IDENTIFIER) === 0) return undefined;
  return ethernet(bytes, from + HEADER, to, up, damaged);
};

/** VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe §3): a flag, and what stands behind the header. */
const WITH_PROTOCOL = 0x04;
const PROTOCOLS: ReadonlyMap<number, number> = new Map([
  [1, ETHERTYPE.ipv4],
  [2, ETHERTYPE.ipv6],
  [3, ETHERTYPE.ethernet],
  [5, ETHERTYPE.mpls],
]);

/** VXLAN whose header says what it carries. */
export const vxlanGpe: Carrier = (bytes, from, to, up, damaged) => {
  if (from + HEADER > to) return undefined;
  if ((bytes[from]! & WITH_PROTOCOL) === 0) return vxlan(bytes, from, to, up, damaged);
  const type = PROTOCOLS.get(bytes[from + 3]!);
  return type === undefined
    ? up.unread("vxlan-gpe", "udp", bytes[from + 3])
    : typed(type, bytes, from + HEADER, to, up, damaged);
};
