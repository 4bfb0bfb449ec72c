import { echoRequest } from "../lcp/lcp.ts";
import { takeIdentifier } from "../negotiation/negotiation.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { sendPacket } from "./effects.ts";
import type { Phase, PhaseNext, Up } from "./phase.ts";

/**
 * Anything from the client: the silence starts anew. A Code-Reject of Echo-Request is as good as an
 * Echo-Reply.
 */
export function alive(phase: Phase): PhaseNext {
  if (phase.at !== "up") return [phase];
  return [
    { ...phase, unanswered: 0 },
    { do: "arm", timer: "echo", after: phase.policy.echoInterval },
  ];
}

/**
 * The room wants to know now whether the client is there: an Echo-Request out of turn, wherever LCP is open.
 */
export function probe(phase: Phase): PhaseNext {
  switch (phase.at) {
    case "assigning":
    case "encrypting":
    case "networking":
    case "up": {
      const [lcp, identifier] = takeIdentifier(phase.lcp);
      return [{ ...phase, lcp }, sendPacket(PROTOCOL.lcp, echoRequest(identifier, lcp.asking))];
    }
    default:
      return [phase];
  }
}

/** Silence for an echo interval: LCP Echo-Request (RFC 1661 §5.8), or the end after too many. */
export function onSilence(phase: Up): PhaseNext {
  if (phase.unanswered >= phase.policy.echoFailures)
    return close(phase, { code: "echo-unanswered" }, "no answer to Echo-Requests");
  const [lcp, identifier] = takeIdentifier(phase.lcp);
  return [
    { ...phase, lcp, unanswered: phase.unanswered + 1 },
    sendPacket(PROTOCOL.lcp, echoRequest(identifier, lcp.asking)),
    { do: "arm", timer: "echo", after: phase.policy.echoInterval },
  ];
}
