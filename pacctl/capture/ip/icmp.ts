import { u16, u32 } from "../files/octets.ts";
import { type IpHeader, PROTOCOL, readIp } from "./ip-header.ts";

/** Type, code, checksum, and four octets that depend on the type; then the packet that the error is about. */
const ICMP_HEADER = 8;

/** Source and destination port: the beginning of TCP, and what ICMP must quote of it. */
export const PORTS = 4;

/** ICMP errors (RFC 792): unreachable, source quench, redirect, time exceeded, parameter problem. */
const ERRORS: ReadonlySet<number> = new Set([3, 4, 5, 11, 12]);
const UNREACHABLE = 3;
const FRAGMENTATION_NEEDED = 4;

/** ICMPv6 errors are the types below 128 (RFC 4443 §2.1). */
const FIRST_INFORMATIONAL = 128;
const PACKET_TOO_BIG = 2;

/** An ICMP error; what it quotes is in the IpHeader that was filled with it. */
export interface QuotingError {
  readonly type: number;
  readonly code: number;
  readonly mtu: number | undefined;
}

/** Is this an error whose quotation the capture cut before it says what the error is about? */
export function isCutError(
  { bytes, payload, end, protocol, cut }: IpHeader,
  quoted: IpHeader | undefined,
): boolean {
  if (!cut || payload >= end) return false;
  if (!isErrorType(bytes[payload]!, protocol === PROTOCOL.icmp6)) return false;
  return quoted === undefined || (quoted.protocol === PROTOCOL.tcp && quoted.end - quoted.payload < PORTS);
}

const isErrorType = (type: number, v6: boolean): boolean =>
  v6 ? type < FIRST_INFORMATIONAL : ERRORS.has(type);

/** Reads an ICMP or ICMPv6 packet; undefined where it is no error, or quotes nothing that can be read. */
export function readIcmpError(packet: IpHeader, quoted: IpHeader): QuotingError | undefined {
  const { bytes, payload, end } = packet;
  if (end - payload < ICMP_HEADER) return undefined;
  const type = bytes[payload]!;
  const code = bytes[payload + 1]!;
  const v6 = packet.protocol === PROTOCOL.icmp6;
  if (!isErrorType(type, v6)) return undefined;
  if (!readIp(bytes, payload + ICMP_HEADER, end, false, quoted)) return undefined;
  if (quoted.fragmentOffset > 0) return undefined;
  if (v6) return { type, code, mtu: type === PACKET_TOO_BIG ? u32(bytes, payload + 4) : undefined };
  const tooBig = type === UNREACHABLE && code === FRAGMENTATION_NEEDED;
  return { type, code, mtu: tooBig ? u16(bytes, payload + 6) : undefined };
}
