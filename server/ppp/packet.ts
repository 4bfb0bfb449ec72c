import { type Decoded, decoded, fault } from "../wire/decoded.ts";
import { Writer } from "../wire/writer.ts";

/** The packet of every PPP control protocol (RFC 1661 §5). */
export interface Packet {
  readonly code: number;
  /** Matches requests and replies, 0 to 255. */
  readonly identifier: number;
  readonly data: Uint8Array;
}

const HEADER = 4;

/**
 * Octets beyond the Length field are padding and ignored (RFC 1661 §5). Faults: `truncated` where header or
 * data end early, `bad-length` where Length is shorter than the header; such packets are dropped without an
 * answer.
 */
export function decodePacket(information: Uint8Array): Decoded<Packet> {
  if (information.length < HEADER) return fault("truncated", information.length);
  const length = (information[2]! << 8) | information[3]!;
  if (length < HEADER) return fault("bad-length", 2);
  if (length > information.length) return fault("truncated", information.length);
  return decoded({
    code: information[0]!,
    identifier: information[1]!,
    data: information.subarray(HEADER, length),
  });
}

/** A packet of our own, Length filled in. */
export function encodePacket(packet: Packet): Uint8Array {
  const length = HEADER + packet.data.length;
  return new Writer(length).u8(packet.code).u8(packet.identifier).u16(length).octets(packet.data).bytes();
}
