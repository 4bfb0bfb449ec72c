import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../negotiation/negotiation.ts";
import { PROTOCOL } from "../protocols.ts";
import { type CarriedEffect, carried, happened } from "./effects.ts";
import { TERMINATE_WAIT } from "./limits.ts";
import type { Transition } from "./transition.ts";

/** Our Terminate-Request is out, or is about to go. The first cause stands. */
export interface ClosingLink {
  readonly at: "closing";
  readonly lcp: Negotiation<LcpPolicy>;
  readonly cause: unknown;
}

export interface EndedLink<Cause> {
  readonly at: "ended";
  readonly cause: Cause;
}

interface EndedEffect<Cause> {
  readonly do: "ended";
  readonly cause: Cause;
}

type ClosingTransition<Closing extends ClosingLink, Timer> = Transition<
  Closing | EndedLink<Closing["cause"]>,
  CarriedEffect<Timer> | EndedEffect<Closing["cause"]>
>;

/**
 * Sends the Terminate-Request, which says `text`; then come its Ack or two timeouts, and `ended`. Of all its
 * `timers` the link keeps none but that one.
 */
export function terminate<Closing extends ClosingLink, Timer extends string>(
  phase: Closing,
  text: string,
  timers: readonly Timer[],
): ClosingTransition<Closing, Timer | "terminate"> {
  const lcp = { ...phase.lcp, restart: TERMINATE_WAIT };
  const [next, ...effects] = onClosingLcp({ ...phase, lcp }, { type: "close", text });
  return [next, ...timers.map((timer) => ({ do: "disarm", timer }) as const), ...effects];
}

/** LCP while the Terminate-Ack is waited for. */
export function onClosingLcp<Closing extends ClosingLink>(
  phase: Closing,
  event: NegotiationEvent,
): ClosingTransition<Closing, "terminate"> {
  const [lcp, ...effects] = negotiate(phase.lcp, event);
  const out = carried(PROTOCOL.lcp, "terminate", effects);
  return happened(effects, "finished") ? end(phase.cause, ...out) : [{ ...phase, lcp }, ...out];
}

/** The link is over, without a Terminate-Request of ours or after it. */
export const end = <Cause, Effect = never>(
  cause: Cause,
  ...last: readonly Effect[]
): Transition<EndedLink<Cause>, Effect | EndedEffect<Cause>> => [
  { at: "ended", cause },
  ...last,
  { do: "ended", cause },
];
