import {
  headerLength,
  innerLength,
  isFirstFragment,
  MIN_HEADER,
  protocolOf,
} from "../../../server/ip/inner-packet.ts";
import { PROTOCOL, protocolName } from "../../../server/ppp/protocols.ts";
import { formatIpv4, ipv4 } from "../../../server/wire/ipv4.ts";
import { Reader } from "../../../server/wire/reader.ts";
import { CUT } from "../../../server/wire/shown-field.ts";
import { formatIpv6 } from "../../capture/ip/addresses.ts";

/** Protocols over IP that tunnels carry. */
const NAMES = new Map([
  [1, "ICMP"],
  [2, "IGMP"],
  [6, "TCP"],
  [17, "UDP"],
  [47, "GRE"],
  [50, "ESP"],
  [58, "ICMPv6"],
]);

const WITH_PORTS = new Set([6, 17]);

/** Octets of the fixed header of IPv6 (RFC 8200 §3). */
const IPV6_HEADER = 40;

/**
 * A user's packet as one line: `IPv4 10.0.0.2 → 10.0.0.1 UDP 137 → 137, 96 octets`. `packet`: what was
 * captured of its `length` octets.
 */
export function innerText(protocol: number, packet: Uint8Array, length = packet.length): string {
  const size = `${length} octets${packet.length < length ? ` ${CUT}` : ""}`;
  if (protocol === PROTOCOL.ip && packet.length >= MIN_HEADER && innerLength(packet, 0, length) > 0)
    return `${ipv4Text(packet)}, ${size}`;
  if (protocol === PROTOCOL.ipv6 && packet.length >= IPV6_HEADER) return `${ipv6Text(packet)}, ${size}`;
  return `${protocolName(protocol)}, ${size}`;
}

function ipv4Text(packet: Uint8Array): string {
  const reader = new Reader(packet, 12);
  const [source, destination] = [formatIpv4(ipv4(reader.u32())), formatIpv4(ipv4(reader.u32()))];
  const carried = protocolOf(packet, 0);
  const behind = Math.max(MIN_HEADER, headerLength(packet, 0));
  const ports = isFirstFragment(packet, 0) ? portsOf(carried, packet, behind) : " fragment";
  return `IPv4 ${source} → ${destination} ${name(carried)}${ports}`;
}

function ipv6Text(packet: Uint8Array): string {
  const carried = packet[6]!;
  return `IPv6 ${formatIpv6(packet, 8)} → ${formatIpv6(packet, 24)} ${name(carried)}${portsOf(carried, packet, IPV6_HEADER)}`;
}

const name = (carried: number): string => NAMES.get(carried) ?? `protocol ${carried}`;

function portsOf(carried: number, packet: Uint8Array, at: number): string {
  if (!WITH_PORTS.has(carried) || packet.length < at + 4) return "";
  const reader = new Reader(packet, at);
  return ` ${reader.u16()} → ${reader.u16()}`;
}
