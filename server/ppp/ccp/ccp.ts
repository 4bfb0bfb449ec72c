import { CODE } from "../codes.ts";
import type { Protocol } from "../negotiation/protocol.ts";
import { PROTOCOL } from "../protocols.ts";
import type { CcpPolicy } from "./ccp-policy.ts";
import { mppe } from "./mppe.ts";
import { UNWANTED } from "./unwanted-options.ts";

/**
 * Compression Control Protocol (RFC 1962) for MPPE alone (RFC 3078). In stateless mode there is nothing to
 * reset: a Reset-Ack is ignored, and a Reset-Request gets its Reset-Ack (`link/encrypt.ts`).
 *
 * An identical request in Opened always gets its Ack again and never new keys: Windows 10 sends one after CCP
 * has opened and expects the link to live.
 */
export const ccp: Protocol<CcpPolicy> = {
  name: "ccp",
  number: PROTOCOL.ccp,
  options: [mppe, ...UNWANTED],
  silent: new Set([CODE.resetRequest, CODE.resetAck]),
  maxReacks: Number.POSITIVE_INFINITY,
};
