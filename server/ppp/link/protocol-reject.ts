import { Writer } from "../../wire/writer.ts";
import { protocolOf } from "../auth/authenticator.ts";
import { CODE } from "../codes.ts";
import type { Frame } from "../frame.ts";
import { required } from "../lcp/authentication-protocol.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { mru } from "../lcp/mru.ts";
import { type Negotiation, takeIdentifier } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { sendPacket } from "./effects.ts";
import { refused } from "./encrypt.ts";
import { MAX_PROTOCOL_REJECTS } from "./limits.ts";
import type { Live, PhaseNext } from "./phase.ts";

/** Code, identifier, Length and Rejected-Protocol of a Protocol-Reject. */
const HEADER = 6;

/** Below this stand network-layer protocols: data, which is dropped and never echoed (RFC 1661 §2). */
const FIRST_CONTROL_PROTOCOL = 0x8000;

/**
 * Protocol-Reject (RFC 1661 §5.7) for a protocol that nobody here speaks: IPV6CP, ACSCP, EAP and the like.
 * Only once LCP is open, no larger than the peer's MRU, and only so often.
 */
export function rejectProtocol(phase: Live, frame: Frame): PhaseNext {
  if (phase.protocolRejects >= MAX_PROTOCOL_REJECTS) return [phase];
  const [lcp, ...reject] = protocolReject(phase.lcp, frame);
  if (reject.length === 0) return [phase];
  return [{ ...phase, lcp, protocolRejects: phase.protocolRejects + 1 }, ...reject];
}

/**
 * The Protocol-Reject that a frame deserves of an end whose LCP stands like this; none before LCP is open, or
 * to data.
 */
export function protocolReject(
  lcp: Negotiation<LcpPolicy>,
  { protocol, information }: Frame,
): readonly [Negotiation<LcpPolicy>, ...ReturnType<typeof sendPacket>[]] {
  if (lcp.at !== "Opened" || protocol < FIRST_CONTROL_PROTOCOL) return [lcp];
  const [next, identifier] = takeIdentifier(lcp);
  const copy = information.subarray(0, mru.in(lcp.accepted) - HEADER);
  const data = new Writer(2 + copy.length).u16(protocol).octets(copy).bytes();
  return [next, sendPacket(PROTOCOL.lcp, { code: CODE.protocolReject, identifier, data })];
}

/** The peer does not speak a protocol of ours. Outside of an open LCP this means nothing (RFC 1661 §5.7). */
export function onProtocolReject(phase: Live, { data }: Packet): PhaseNext {
  if (phase.lcp.at !== "Opened" || data.length < 2) return [phase];
  const protocol = (data[0]! << 8) | data[1]!;
  switch (protocol) {
    case PROTOCOL.lcp:
      return close(phase, { code: "lcp-not-agreed", option: "protocol-reject" }, "LCP was rejected");
    case PROTOCOL.chap:
    case PROTOCOL.pap:
      if (phase.at !== "authenticating" || protocolOf(phase.auth) !== protocol) return [phase];
      return close(phase, { code: "auth-protocol-refused" }, required(phase.policy.authentication));
    case PROTOCOL.ccp:
      return "ccp" in phase && phase.ccp !== undefined ? refused(phase, "protocol-reject") : [phase];
    case PROTOCOL.ipcp:
      if (phase.at !== "networking" && phase.at !== "up") return [phase];
      return close(phase, { code: "ipcp-unanswered" }, "IPCP was rejected");
    default:
      return [phase];
  }
}
