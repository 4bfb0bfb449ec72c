import { CODE } from "../codes.ts";
import { decodeFrame } from "../frame.ts";
import { decodePacket } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";

/** Is this frame an LCP Configure-Ack, -Nak or -Reject? Whoever sends one has received a request of ours. */
export function isLcpConfigureReply(octets: Uint8Array): boolean {
  const code = lcpCode(octets);
  return code !== undefined && code >= CODE.configureAck && code <= CODE.configureReject;
}

/** Is this frame an LCP Configure-Request? */
export const isLcpConfigureRequest = (octets: Uint8Array): boolean =>
  lcpCode(octets) === CODE.configureRequest;

function lcpCode(octets: Uint8Array): number | undefined {
  const frame = decodeFrame(octets);
  if (!frame.ok || frame.value.protocol !== PROTOCOL.lcp) return undefined;
  const packet = decodePacket(frame.value.information);
  return packet.ok ? packet.value.code : undefined;
}
