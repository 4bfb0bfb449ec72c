import type { Millis } from "../../wire/units.ts";
import { echoRequest } from "../lcp/lcp.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { type Negotiation, takeIdentifier } from "../negotiation/negotiation.ts";
import { PROTOCOL } from "../protocols.ts";
import { type CarriedEffect, sendPacket } from "./effects.ts";
import type { Transition } from "./transition.ts";

interface OpenLink {
  readonly lcp: Negotiation<LcpPolicy>;
}

/** A link whose session is up. */
interface Session extends OpenLink {
  /** Echo-Requests since the last sign of life. */
  readonly unanswered: number;
}

/** How long a peer may be silent, and how many Echo-Requests may stay unanswered. */
export interface Keepalive {
  readonly interval: Millis;
  readonly failures: number;
}

/** A sign of life: the silence starts anew. */
export const alive = <Phase extends Session>(
  phase: Phase,
  { interval }: Keepalive,
): Transition<Phase, CarriedEffect<"echo">> => [
  { ...phase, unanswered: 0 },
  { do: "arm", timer: "echo", after: interval },
];

/** An LCP Echo-Request (RFC 1661 §5.8). */
export function sendEcho<Phase extends OpenLink>(phase: Phase): Transition<Phase, CarriedEffect<never>> {
  const [lcp, identifier] = takeIdentifier(phase.lcp);
  return [{ ...phase, lcp }, sendPacket(PROTOCOL.lcp, echoRequest(identifier, lcp.asking))];
}

/** Silence for an interval: an Echo-Request, or undefined where too many are unanswered. */
export function onSilence<Phase extends Session>(
  phase: Phase,
  { interval, failures }: Keepalive,
): Transition<Phase, CarriedEffect<"echo">> | undefined {
  if (phase.unanswered >= failures) return undefined;
  const [next, ...sent] = sendEcho(phase);
  return [
    { ...next, unanswered: phase.unanswered + 1 },
    ...sent,
    { do: "arm", timer: "echo", after: interval },
  ];
}
