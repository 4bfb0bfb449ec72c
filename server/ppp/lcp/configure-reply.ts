import { CODE } from "../codes.ts";
import { decodeFrame } from "../frame.ts";
import { decodePacket } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";

/** Is this frame an LCP Configure-Ack, -Nak or -Reject? Whoever sends one has received a request of ours. */
export function isLcpConfigureReply(octets: Uint8Array): boolean {
  const frame = decodeFrame(octets);
  if (!frame.ok || frame.value.protocol !== PROTOCOL.lcp) return false;
  const packet = decodePacket(frame.value.information);
  if (!packet.ok) return false;
  const { code } = packet.value;
  return code >= CODE.configureAck && code <= CODE.configureReject;
}
