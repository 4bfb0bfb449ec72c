import { type Decoded, decoded, fault } from "../wire/decoded.ts";
import { Writer } from "../wire/writer.ts";

/** What GRE carries: a protocol number and its information (RFC 1661 §2). */
export interface Frame {
  readonly protocol: number;
  /** A view of the octets that were decoded. */
  readonly information: Uint8Array;
}

const ADDRESS = 0xff;
const CONTROL = 0x03;

/**
 * Takes a frame apart, with and without address and control, protocol in one or two octets: RFC 1661 §6.5 and
 * §6.6 allow any mix once agreed, and clients do not agree on when that is.
 *
 * Faults: `truncated` where the protocol does not fit, `bad-protocol` where its octets break the rule of RFC
 * 1661 §2 (the last octet is odd, the others are even) or are the reserved 0xff.
 */
export function decodeFrame(frame: Uint8Array): Decoded<Frame> {
  const at = frame[0] === ADDRESS && frame[1] === CONTROL ? 2 : 0;
  const first = frame[at];
  if (first === undefined) return fault("truncated", at);
  if (first === ADDRESS) return fault("bad-protocol", at);
  if ((first & 1) === 1) return decoded({ protocol: first, information: frame.subarray(at + 1) });
  const second = frame[at + 1];
  if (second === undefined) return fault("truncated", at + 1);
  if ((second & 1) === 0) return fault("bad-protocol", at + 1);
  return decoded({ protocol: (first << 8) | second, information: frame.subarray(at + 2) });
}

/**
 * A frame with everything spelled out. All control frames go like this: every peer reads it, and LCP may not
 * be compressed at all (RFC 1661 §6.5, §6.6).
 */
export function encodeFrame(protocol: number, information: Uint8Array): Uint8Array {
  return new Writer(information.length + 4).u8(ADDRESS).u8(CONTROL).u16(protocol).octets(information).bytes();
}
