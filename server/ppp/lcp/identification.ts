import { CODE } from "../codes.ts";
import { decodeFrame } from "../frame.ts";
import { decodePacket } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";

/** RFC 1570 §2.1: a Magic-Number stands before the message. */
const MAGIC_LENGTH = 4;

/**
 * The message of an LCP Identification (RFC 1570 §2.1), as the peer sent it; undefined for any other frame.
 * A view.
 */
export function identificationIn(octets: Uint8Array): Uint8Array | undefined {
  const frame = decodeFrame(octets);
  if (!frame.ok || frame.value.protocol !== PROTOCOL.lcp) return undefined;
  const packet = decodePacket(frame.value.information);
  if (!packet.ok || packet.value.code !== CODE.identification) return undefined;
  return packet.value.data.subarray(MAGIC_LENGTH);
}
