import type { Negotiation } from "../negotiation/negotiation.ts";
import type { CcpPolicy } from "./ccp-policy.ts";
import { type MppeMode, mppe, mppeMode, proposedMode } from "./mppe.ts";

/** MPPE by direction, from our point of view. */
export interface AgreedModes {
  readonly send: MppeMode;
  readonly receive: MppeMode;
}

/**
 * How each direction is encrypted. A Configure-Request says how its sender wants to receive (RFC 1962 §4): so
 * we send as the client's acknowledged request says, and receive as our own, as it stands now until it is
 * acknowledged. Undefined before the client's first request that we acknowledged.
 */
export function agreedModes(ccp: Negotiation<CcpPolicy>): AgreedModes | undefined {
  const send = mppeMode(mppe.in(ccp.accepted));
  const receive = proposedMode(mppe.in(ccp.asking));
  return send === undefined || receive === undefined ? undefined : { send, receive };
}
