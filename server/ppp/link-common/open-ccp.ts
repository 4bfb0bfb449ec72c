import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { CODE } from "../codes.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../negotiation/negotiation.ts";
import { PROTOCOL } from "../protocols.ts";
import { type CarriedEffect, carried, failure, happened, sendPacket } from "./effects.ts";
import type { Transition } from "./transition.ts";

/**
 * CCP once it is open. In a session, nothing may restart MPPE: it would begin again with the same start keys,
 * hence the same RC4 keystream, and CCP is not authenticated. Undefined for what would take CCP down, and has
 * to end the link; the identical request that Windows 10 repeats has got its Ack in the negotiation and takes
 * nothing down.
 *
 * A Reset-Request gets its Ack in stateless mode too, where every packet is flushed (RFC 3078 §8.1): the
 * kernel of a Linux client that has failed on one packet decrypts no other until it sees it (RFC 1962 §3).
 */
export function onOpenCcp(
  ccp: Negotiation<CcpPolicy>,
  event: NegotiationEvent,
): Transition<Negotiation<CcpPolicy>, CarriedEffect<"ccp-restart">> | undefined {
  if (event.type === "packet" && event.packet.code === CODE.resetRequest) {
    const { identifier, data } = event.packet;
    return [ccp, sendPacket(PROTOCOL.ccp, { code: CODE.resetAck, identifier, data })];
  }
  const [next, ...effects] = negotiate(ccp, event);
  if (happened(effects, "down") || failure(effects) !== undefined) return undefined;
  return [next, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
}
