import { Writer } from "../../wire/writer.ts";
import { CODE } from "../codes.ts";
import type { Frame } from "../frame.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { mru } from "../lcp/mru.ts";
import { type Negotiation, takeIdentifier } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { FIRST_NETWORK_CONTROL, PROTOCOL } from "../protocols.ts";
import { type CarriedEffect, sendPacket } from "./effects.ts";
import { MAX_PROTOCOL_REJECTS } from "./limits.ts";
import type { Transition } from "./transition.ts";

/** Code, identifier, Length and Rejected-Protocol of a Protocol-Reject. */
const HEADER = 6;

interface Rejecting {
  readonly lcp: Negotiation<LcpPolicy>;
  /** Protocol-Rejects sent. */
  readonly protocolRejects: number;
}

/**
 * Protocol-Reject (RFC 1661 §5.7) for a protocol that this end does not speak: IPV6CP, ACSCP, EAP and the
 * like. Only once LCP is open, no larger than the peer's MRU, and only so often; never for data.
 */
export function rejectProtocol<Phase extends Rejecting>(
  phase: Phase,
  { protocol, information }: Frame,
): Transition<Phase, CarriedEffect<never>> {
  if (phase.protocolRejects >= MAX_PROTOCOL_REJECTS) return [phase];
  if (phase.lcp.at !== "Opened" || protocol < FIRST_NETWORK_CONTROL) return [phase];
  const [lcp, identifier] = takeIdentifier(phase.lcp);
  const copy = information.subarray(0, mru.in(lcp.accepted) - HEADER);
  const data = new Writer(2 + copy.length).u16(protocol).octets(copy).bytes();
  return [
    { ...phase, lcp, protocolRejects: phase.protocolRejects + 1 },
    sendPacket(PROTOCOL.lcp, { code: CODE.protocolReject, identifier, data }),
  ];
}

/**
 * The protocol that the peer's Protocol-Reject names. Undefined where it means nothing: outside of an open
 * LCP (RFC 1661 §5.7), and where it is too short.
 */
export const rejectedProtocol = (lcp: Negotiation<LcpPolicy>, { data }: Packet): number | undefined =>
  lcp.at !== "Opened" || data.length < 2 ? undefined : (data[0]! << 8) | data[1]!;
