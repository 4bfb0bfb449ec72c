import { internetChecksum } from "../../../server/ip/internet-checksum.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { Writer } from "../../../server/wire/writer.ts";
import { fromHex } from "../bytes.ts";

/** Addresses of the two ends in tests. */
export const CLIENT = "198.51.100.7";
export const SERVER = "192.0.2.1";
export const CLIENT6 = "2001:db8::7";
export const SERVER6 = "2001:db8:0:1::1";

const ETHERTYPE = { 4: "0800", 6: "86dd" } as const;

/** Octets of an address; IPv6 with at most one `::`. */
export function address(text: string): Uint8Array {
  if (!text.includes(":")) return Uint8Array.from(text.split(".").map(Number));
  const [left = "", right = ""] = text.split("::");
  const groups = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => group.padStart(4, "0"));
  const zeros = Array<string>(8 - groups(left).length - groups(right).length).fill("0000");
  return fromHex([...groups(left), ...(text.includes("::") ? zeros : []), ...groups(right)].join(""));
}

/** An Ethernet frame around an IP packet, or around anything with its own Ethertype. */
export function ethernet(payload: Uint8Array, type: string = ETHERTYPE[versionOf(payload)]): Uint8Array {
  return concat(fromHex(`0200 0000 0001 0200 0000 0002 ${type}`), payload);
}

const versionOf = (packet: Uint8Array): 4 | 6 => (packet[0]! >>> 4 === 6 ? 6 : 4);

export interface IpFields {
  readonly source?: string;
  readonly destination?: string;
  readonly protocol: number;
  readonly id?: number;
  /** In octets. */
  readonly fragmentOffset?: number;
  readonly moreFragments?: boolean;
  /** Instead of the right one. */
  readonly checksum?: number;
}

export function ipv4(fields: IpFields, payload: Uint8Array): Uint8Array {
  const { source = CLIENT, destination = SERVER, protocol, id = 0x1234, checksum } = fields;
  const fragment = (fields.fragmentOffset ?? 0) / 8 + (fields.moreFragments === true ? 0x2000 : 0);
  const header = new Writer()
    .u16(0x4500)
    .u16(20 + payload.length)
    .u16(id)
    .u16(fragment)
    .u8(64)
    .u8(protocol)
    .u16(0)
    .octets(address(source))
    .octets(address(destination));
  header.patchU16(10, checksum ?? internetChecksum(header.bytes(), 0, 20));
  return concat(header.bytes(), payload);
}

/** `extensions`: with the Next Header of each; `protocol` is that of the first of them then. */
export function ipv6(fields: IpFields, payload: Uint8Array): Uint8Array {
  const { source = CLIENT6, destination = SERVER6, protocol } = fields;
  return new Writer()
    .u32(0x60000000)
    .u16(payload.length)
    .u8(protocol)
    .u8(64)
    .octets(address(source))
    .octets(address(destination))
    .octets(payload)
    .bytes();
}

export interface TcpFields {
  readonly from?: "client" | "server";
  readonly version?: 4 | 6;
  readonly clientPort?: number;
  readonly serverPort?: number;
  readonly seq: number;
  readonly ack?: number;
  /** Such as "SA"; A where octets are carried. */
  readonly flags?: string;
  /** Instead of the right one; "partial": the sum of the pseudo header. */
  readonly checksum?: number | "partial" | "wrong";
  /** Identification in IPv4: each packet its own where not given. */
  readonly id?: number;
}

const FLAGS: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 };

let packets = 0;

/** A TCP segment inside IPv4 or IPv6. */
export function tcp(fields: TcpFields, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const { from = "client", version = 4, clientPort = 40_000, serverPort = 1723, ack = 0 } = fields;
  const flags = [...(fields.flags ?? "A")].reduce((sum, letter) => sum | FLAGS[letter]!, 0);
  const client = { address: version === 4 ? CLIENT : CLIENT6, port: clientPort };
  const server = { address: version === 4 ? SERVER : SERVER6, port: serverPort };
  const [here, there] = from === "client" ? [client, server] : [server, client];
  const [source, destination] = [here.address, there.address];
  const segment = new Writer()
    .u16(here.port)
    .u16(there.port)
    .u32(fields.seq >>> 0)
    .u32(ack >>> 0)
    .u8(0x50)
    .u8(flags)
    .u16(64_240)
    .u32(0)
    .octets(payload);
  const pseudo = concat(
    address(source),
    address(destination),
    Uint8Array.of(0, 6, segment.length >>> 8, segment.length),
  );
  const partial = ~internetChecksum(pseudo, 0, pseudo.length) & 0xffff;
  const right = internetChecksum(segment.bytes(), 0, segment.length, partial);
  const wrong = [1, 2, 3, 4, 5].map((more) => (right + more) & 0xffff);
  const mistaken = wrong.find(
    (sum) => sum % 0xffff !== 0 && sum !== partial && sum !== partial - segment.length,
  )!;
  const named = { partial, wrong: mistaken };
  const { checksum = right } = fields;
  segment.patchU16(16, typeof checksum === "number" ? checksum : named[checksum]);
  packets += 1;
  const around = { source, destination, protocol: 6, id: fields.id ?? (packets % 0xffff) + 1 };
  return version === 4 ? ipv4(around, segment.bytes()) : ipv6(around, segment.bytes());
}

/** A GRE packet of PPTP (RFC 2637 §4.1) with a sequence number, from the GRE header on. */
export function gre(sequence: number, payload: Uint8Array, callId = 0x4242): Uint8Array {
  const header = new Writer().u32(0x3001880b).u16(payload.length).u16(callId).u32(sequence);
  return concat(header.bytes(), payload);
}
