import { carried, happened } from "../../../server/ppp/link/effects.ts";
import { negotiate } from "../../../server/ppp/negotiation/negotiate.ts";
import type { NegotiationEvent } from "../../../server/ppp/negotiation/negotiation.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { TERMINATE_WAIT } from "./limits.ts";
import { LINK_TIMERS, type LinkEffect, type LinkEnd } from "./link-types.ts";
import { type Closing, common, type Live, type PhaseNext } from "./phase.ts";

/** What our Terminate-Request says: a server's log may show it. */
const GOODBYE = "pacctl hangs up";

/** Ends the link from our side: Terminate-Request, its Ack or two timeouts, `ended`. */
export function close(phase: Live, cause: LinkEnd): PhaseNext {
  const lcp = { ...phase.lcp, restart: TERMINATE_WAIT };
  const closing: Closing = { ...common(phase), at: "closing", lcp, cause };
  const [next, ...effects] = onClosingLcp(closing, { type: "close", text: GOODBYE });
  const failed: readonly LinkEffect[] = cause.code === "closed" ? [] : [{ do: "failed", cause }];
  return [next, ...failed, ...disarmAll, ...effects];
}

/** LCP while the Terminate-Ack is waited for. The first cause stands. */
export function onClosingLcp(phase: Closing, event: NegotiationEvent): PhaseNext {
  const [lcp, ...effects] = negotiate(phase.lcp, event);
  const out = carried(PROTOCOL.lcp, "terminate", effects);
  return happened(effects, "finished") ? end(phase.cause, ...out) : [{ ...phase, lcp }, ...out];
}

/** The link is over without a goodbye of ours. */
export const end = (cause: LinkEnd, ...last: readonly LinkEffect[]): PhaseNext => [
  { at: "ended" },
  ...last,
  ...disarmAll,
  { do: "ended", cause },
];

const disarmAll = LINK_TIMERS.map((timer): LinkEffect => ({ do: "disarm", timer }));
