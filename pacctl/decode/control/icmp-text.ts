import type { IcmpError } from "../../capture/captured.ts";

/** ICMP Destination Unreachable (RFC 792, RFC 1812 §5.2.7.1) by code. */
const UNREACHABLE: readonly string[] = [
  "network unreachable",
  "host unreachable",
  "protocol unreachable",
  "port unreachable",
  "fragmentation needed",
  "source route failed",
  "network unknown",
  "host unknown",
  "source host isolated",
  "network administratively prohibited",
  "host administratively prohibited",
  "network unreachable for this type of service",
  "host unreachable for this type of service",
  "communication administratively prohibited",
  "host precedence violation",
  "precedence cutoff in effect",
];

/** ICMPv6 Destination Unreachable (RFC 4443 §3.1) by code. */
const UNREACHABLE_6: readonly string[] = [
  "no route to destination",
  "communication administratively prohibited",
  "beyond scope of source address",
  "address unreachable",
  "port unreachable",
  "source address failed policy",
  "route to destination rejected",
];

const FRAGMENTATION_NEEDED = 4;

/** What an ICMP error says, in words. */
export function icmpText({ version, type, code, mtu }: IcmpError): string {
  const limit = mtu === undefined ? "" : `, the next hop takes ${mtu} octets`;
  if (version === 4) {
    if (type === 3) return `${UNREACHABLE[code] ?? `unreachable, code ${code}`}${limit}`;
    if (type === 11) return code === 0 ? "time to live exceeded" : "reassembly time exceeded";
    if (type === 12) return "parameter problem";
  } else {
    if (type === 1) return UNREACHABLE_6[code] ?? `unreachable, code ${code}`;
    if (type === 2) return `packet too big${limit}`;
    if (type === 3) return code === 0 ? "hop limit exceeded" : "reassembly time exceeded";
    if (type === 4) return "unrecognized next header";
  }
  return `type ${type}, code ${code}${limit}`;
}

/** Will no such packet ever arrive? One that was too big may, once it is smaller. */
export const isFinal = ({ version, type, code }: IcmpError): boolean =>
  version === 4 ? type === 3 && code !== FRAGMENTATION_NEEDED : type === 1 || type === 4;
