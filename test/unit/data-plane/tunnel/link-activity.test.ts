import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isActivityFromClient,
  isActivityToClient,
} from "../../../../server/data-plane/tunnel/link-activity.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { ipv4Packet } from "../../../support/packets/ipv4.ts";

const CLIENT = "10.77.0.10";
const HOST = "10.8.0.80";

interface Packet {
  readonly to?: string;
  readonly protocol: number;
  /** Source and destination port of UDP or TCP, or type and code of ICMP. */
  readonly ports?: readonly [number, number];
  readonly type?: number;
  readonly fragmentOffset?: number;
  readonly options?: Uint8Array;
  /** Octets behind the IPv4 header. */
  readonly length?: number;
}

const [ICMP, IGMP, TCP, UDP, GRE] = [1, 2, 6, 17, 47];

/** It stands behind three octets of something else, as in a batch. */
function packet(from: string, to: string, { protocol, ports, type, length = 24, ...more }: Packet) {
  const payload = Buffer.alloc(length);
  if (ports !== undefined) {
    payload.writeUInt16BE(ports[0], 0);
    payload.writeUInt16BE(ports[1], 2);
  }
  if (type !== undefined) payload[0] = type;
  const [source, destination] = [parseIpv4(from)!, parseIpv4(to)!];
  const { fragmentOffset = 0, options = new Uint8Array(0) } = more;
  return Buffer.concat([
    Buffer.from([9, 9, 9]),
    ipv4Packet({ source, destination, protocol, payload, fragmentOffset, options }),
  ]);
}

const byClient = (to: string, what: Packet): boolean => {
  const bytes = packet(CLIENT, to, what);
  return isActivityFromClient(bytes, 3, bytes.length);
};
const ofClient = (what: Packet, to = CLIENT): boolean => {
  const bytes = packet(HOST, to, what);
  return isActivityToClient(bytes, 3, bytes.length);
};

/** Four octets of no operation, so that the ports stand further on. */
const options = Uint8Array.of(1, 1, 1, 1);

for (const [what, to, sent] of [
  ["IGMP to all routers", "224.0.0.22", { protocol: IGMP }],
  ["IGMP to one router", HOST, { protocol: IGMP }],
  ["mDNS", "224.0.0.251", { protocol: UDP, ports: [5353, 5353] }],
  ["LLMNR", "224.0.0.252", { protocol: UDP, ports: [50000, 5355] }],
  ["SSDP", "239.255.255.250", { protocol: UDP, ports: [50000, 1900] }],
  ["an unknown service of a group", "239.1.2.3", { protocol: UDP, ports: [40000, 40000] }],
  ["a ping to a group", "224.0.0.1", { protocol: ICMP, type: 8 }],
  ["DHCPINFORM to everybody", "255.255.255.255", { protocol: UDP, ports: [68, 67] }],
  ["DHCPINFORM to one server", HOST, { protocol: UDP, ports: [68, 67] }],
  ["anything to everybody", "255.255.255.255", { protocol: UDP, ports: [40000, 40000] }],
  ["a class E address", "240.0.0.1", { protocol: GRE }],
  ["NetBIOS names to the pool's broadcast", "10.77.3.255", { protocol: UDP, ports: [137, 137] }],
  ["NetBIOS datagrams to the classful broadcast", "10.255.255.255", { protocol: UDP, ports: [138, 138] }],
  ["a game to a broadcast", "192.168.1.255", { protocol: UDP, ports: [40000, 27015] }],
  ["a ping to a broadcast", "192.168.1.255", { protocol: ICMP, type: 8 }],
  ["NetBIOS names to one host", HOST, { protocol: UDP, ports: [137, 137] }],
  ["a WINS query behind IP options", HOST, { protocol: UDP, ports: [137, 137], options }],
  ["WS-Discovery to one host", HOST, { protocol: UDP, ports: [50000, 3702] }],
  ["destination unreachable", HOST, { protocol: ICMP, type: 3 }],
  ["time exceeded behind IP options", HOST, { protocol: ICMP, type: 11, options }],
] as const satisfies readonly (readonly [string, string, Packet])[])
  test(`from the client, ${what} is no use`, () => assert.equal(byClient(to, sent), false));

for (const [what, to, sent] of [
  ["a TCP segment", HOST, { protocol: TCP, ports: [40000, 443] }],
  ["TCP to a host that ends in .255", "10.8.3.255", { protocol: TCP, ports: [40000, 443] }],
  ["TCP to port 137", HOST, { protocol: TCP, ports: [40000, 137] }],
  ["DNS", HOST, { protocol: UDP, ports: [40000, 53] }],
  ["QUIC", "223.255.255.254", { protocol: UDP, ports: [40000, 443] }],
  ["a ping", HOST, { protocol: ICMP, type: 8 }],
  ["the answer to a ping", HOST, { protocol: ICMP, type: 0 }],
  ["a later fragment, which has no ports", HOST, { protocol: UDP, ports: [137, 137], fragmentOffset: 100 }],
  ["a later fragment, which has no type", HOST, { protocol: ICMP, type: 3, fragmentOffset: 100 }],
  ["UDP too short for its ports", HOST, { protocol: UDP, length: 3 }],
  ["ICMP without a type", HOST, { protocol: ICMP, length: 0 }],
  ["another protocol", HOST, { protocol: GRE }],
] as const satisfies readonly (readonly [string, string, Packet])[])
  test(`from the client, ${what} is a use`, () => assert.equal(byClient(to, sent), true));

for (const [what, sent] of [
  ["the answer to DHCPINFORM", { protocol: UDP, ports: [67, 68] }],
  ["the answer of a WINS server", { protocol: UDP, ports: [137, 137] }],
  ["the answer to SSDP", { protocol: UDP, ports: [1900, 50000] }],
  ["the answer to mDNS", { protocol: UDP, ports: [5353, 50000] }],
  ["a port that is not open there", { protocol: ICMP, type: 3 }],
  ["an IGMP query", { protocol: IGMP }],
] as const satisfies readonly (readonly [string, Packet])[])
  test(`to the client, ${what} is no use`, () => assert.equal(ofClient(sent), false));

for (const [what, sent, to] of [
  ["a TCP segment", { protocol: TCP, ports: [443, 40000] }, CLIENT],
  ["a datagram", { protocol: UDP, ports: [53, 40000] }, CLIENT],
  ["a ping", { protocol: ICMP, type: 8 }, CLIENT],
  ["a datagram to one whose address ends in .255", { protocol: UDP, ports: [53, 40000] }, "10.77.0.255"],
] as const satisfies readonly (readonly [string, Packet, string])[])
  test(`to the client, ${what} is a use`, () => assert.equal(ofClient(sent, to), true));
