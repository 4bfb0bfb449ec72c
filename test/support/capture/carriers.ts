import { concat } from "../../../server/wire/bytes.ts";
import { Writer } from "../../../server/wire/writer.ts";
import { bytes } from "../bytes.ts";
import { ethernet, ipv4, ipv6 } from "./frames.ts";

/** Ends of a carrier: none of them speaks PPTP. */
const OUTER = { source: "203.0.113.1", destination: "203.0.113.2" };
const OUTER6 = { source: "2001:db8:ffff::1", destination: "2001:db8:ffff::2" };

/** A UDP packet from a port that means nothing, without a checksum. */
export const udp = (port: number, payload: Uint8Array): Uint8Array =>
  concat(
    new Writer()
      .u16(50_000)
      .u16(port)
      .u16(8 + payload.length)
      .u16(0)
      .bytes(),
    payload,
  );

const outer = (protocol: number, payload: Uint8Array): Uint8Array => ipv4({ ...OUTER, protocol }, payload);
const outer6 = (protocol: number, payload: Uint8Array): Uint8Array => ipv6({ ...OUTER6, protocol }, payload);

const overUdp = (port: number, header: Uint8Array, payload: Uint8Array): Uint8Array =>
  outer(17, udp(port, concat(header, payload)));

const overGre = (header: Uint8Array, payload: Uint8Array): Uint8Array => outer(47, concat(header, payload));

/** Puts an IP packet into another one. */
type Wrap = (packet: Uint8Array) => Uint8Array;

/** IP packets that carry another, by what carries it. */
export const CARRIERS: Readonly<Record<string, Wrap>> = {
  IPIP: (packet) => outer(4, packet),
  "IPIP in IPv6": (packet) => outer6(4, packet),
  "6in4, with IPv4 as well": (packet) => outer(41, packet),
  "6in6": (packet) => outer6(41, packet),
  EtherIP: (packet) => outer(97, bytes`3000 ${ethernet(packet)}`),
  "MPLS in IP": (packet) => outer(137, bytes`00064140 ${packet}`),
  "Ethernet in IPv6": (packet) => outer6(143, ethernet(packet)),
  "authentication header": (packet) =>
    outer(51, bytes`04 04 0000 00000100 00000001 000000000000000000000000 ${packet}`),
  "GRE, IP": (packet) => overGre(bytes`0000 ${typeOf(packet)}`, packet),
  "GRE in IPv6": (packet) => outer6(47, bytes`0000 ${typeOf(packet)} ${packet}`),
  "GRE with checksum, key and sequence number": (packet) =>
    overGre(bytes`b000 ${typeOf(packet)} 1234 0000 00000007 00000001`, packet),
  "GRE, Ethernet": (packet) => overGre(bytes`0000 6558`, ethernet(packet)),
  NVGRE: (packet) => overGre(bytes`2000 6558 00176200`, ethernet(packet)),
  "GRE, MPLS": (packet) => overGre(bytes`0000 8847 00064140`, packet),
  "EoIP of MikroTik": (packet) =>
    overGre(bytes`2001 6400 ${lengthOf(ethernet(packet))} 0700`, ethernet(packet)),
  WCCP: (packet) => overGre(bytes`0000 883e 00010000`, packet),
  "ERSPAN I": (packet) => overGre(bytes`0000 88be`, ethernet(packet)),
  "ERSPAN II": (packet) => overGre(bytes`1000 88be 00000001 1001 0064 00000005`, ethernet(packet)),
  "ERSPAN III": (packet) => overGre(bytes`1000 22eb 00000001 2001 0064 00000000 0000 0000`, ethernet(packet)),
  "ERSPAN III with a header of the platform": (packet) =>
    overGre(bytes`1000 22eb 00000001 2001 0064 00000000 0000 0001 0000000000000000`, ethernet(packet)),
  VXLAN: (packet) => overUdp(4789, bytes`08 000000 00002a 00`, ethernet(packet)),
  "VXLAN on Linux' port": (packet) => overUdp(8472, bytes`08 000000 00002a 00`, ethernet(packet)),
  "VXLAN in IPv6": (packet) => outer6(17, udp(4789, bytes`08 000000 00002a 00 ${ethernet(packet)}`)),
  "VXLAN with a VLAN inside": (packet) =>
    overUdp(4789, bytes`08 000000 00002a 00`, ethernet(bytes`0064 ${typeOf(packet)} ${packet}`, "8100")),
  "VXLAN-GPE": (packet) =>
    overUdp(4790, bytes`0c 0000 ${Uint8Array.of(versionOf(packet) === 4 ? 1 : 2)} 00002a 00`, packet),
  "GENEVE, Ethernet": (packet) => overUdp(6081, bytes`00 00 6558 00002a 00`, ethernet(packet)),
  "GENEVE with options": (packet) =>
    overUdp(6081, bytes`03 40 ${typeOf(packet)} 00002a 00 0102 80 02 01020304 05060708`, packet),
  "Teredo, with IPv4 as well": (packet) =>
    overUdp(3544, bytes`0001 00 00 0000000000000000 00 0000 f227 34ff8ef8`, outer6(4, packet)),
  "MPLS in UDP": (packet) => overUdp(6635, bytes`00064140`, packet),
  TZSP: (packet) => overUdp(37_008, bytes`01 00 0001 01`, ethernet(packet)),
  "TZSP with tags": (packet) =>
    overUdp(37_008, bytes`01 00 0001 00 0a01c4 0b0106 29020040 01`, ethernet(packet)),
  L2TP: (packet) => overUdp(1701, bytes`0002 0007 0009 ff03 ${pppOf(packet)}`, packet),
  "L2TP with every field": (packet) =>
    overUdp(
      1701,
      bytes`4a02 ${Uint8Array.of(0, packet.length + 20)} 0007 0009 0001 0002 0002 0000 ${pppOf(packet)}`,
      packet,
    ),
  "GTP-U": (packet) => overUdp(2152, bytes`30 ff ${lengthOf(packet)} 00000abc`, packet),
  "GTP-U with extensions": (packet) =>
    overUdp(2152, bytes`34 ff ${lengthOf(packet)} 00000abc 0000 00 85 01 1009 00`, packet),
};

const versionOf = (packet: Uint8Array): 4 | 6 => (packet[0]! >>> 4 === 6 ? 6 : 4);

/** Its Ethertype, and its protocol in PPP. */
const typeOf = (packet: Uint8Array): Uint8Array => (versionOf(packet) === 6 ? bytes`86dd` : bytes`0800`);
const pppOf = (packet: Uint8Array): Uint8Array => (versionOf(packet) === 6 ? bytes`0057` : bytes`0021`);
const lengthOf = ({ length }: Uint8Array): Uint8Array => Uint8Array.of(length >>> 8, length);
