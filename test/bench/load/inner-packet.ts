import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import type { Ipv4 } from "../../../server/wire/ipv4.ts";
import { ipv4Packet } from "../../support/packets/ipv4.ts";

const ICMP = 1;
const UDP = 17;

/** Octets of the headers of IPv4 and UDP. */
const IPV4 = 20;
const IPV4_AND_UDP = 28;

/**
 * A UDP datagram to a port, `octets` long with its headers. Without a checksum, which UDP leaves to the
 * sender.
 */
export function udpTo(source: Ipv4, destination: Ipv4, port: number, octets: number): Uint8Array {
  const payload = new Uint8Array(octets - IPV4);
  const view = new DataView(payload.buffer);
  view.setUint16(0, port);
  view.setUint16(2, port);
  view.setUint16(4, payload.length);
  for (let at = 8; at < payload.length; at += 1) payload[at] = (at * 167) ^ (at >> 8);
  return ipv4Packet({ source, destination, protocol: UDP, payload });
}

/** An ICMP Echo-Request: who answers it has taken everything that came before. */
export function ping(source: Ipv4, destination: Ipv4, identifier = 0, sequence = 0): Uint8Array {
  const payload = new Uint8Array(IPV4_AND_UDP);
  const view = new DataView(payload.buffer);
  view.setUint8(0, 8); // Echo-Request
  view.setUint16(4, identifier);
  view.setUint16(6, sequence);
  view.setUint16(2, internetChecksum(payload, 0, payload.length));
  return ipv4Packet({ source, destination, protocol: ICMP, payload });
}
