import { authenticator, protocolOf } from "../auth/authenticator.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import type { NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { carried, happened, sendPacket } from "./effects.ts";
import { TERMINATE_WAIT } from "./limits.ts";
import { LINK_TIMERS } from "./link-timers.ts";
import type { LinkEffect, LinkEnd } from "./link-types.ts";
import { type Closing, common, type Live, type PhaseNext } from "./phase.ts";

/** Ends the link from our side: Terminate-Request, its Ack or two timeouts, `ended`. */
export function close(phase: Live, cause: LinkEnd, text: string): PhaseNext {
  const auth = "auth" in phase ? phase.auth : undefined;
  const lcp = { ...phase.lcp, restart: TERMINATE_WAIT };
  const closing: Closing = { ...common(phase), at: "closing", lcp, auth, cause };
  const [next, ...effects] = onClosingLcp(closing, { type: "close", text });
  return [next, ...LINK_TIMERS.map((timer): LinkEffect => ({ do: "disarm", timer })), ...effects];
}

/** The link is over without a goodbye of ours. */
export const end = (cause: LinkEnd, ...last: readonly LinkEffect[]): PhaseNext => [
  { at: "ended", cause },
  ...last,
  { do: "ended", cause },
];

/** LCP while a Terminate-Ack is waited for. The first cause stands. */
export function onClosingLcp(phase: Closing, event: NegotiationEvent): PhaseNext {
  const [lcp, ...effects] = negotiate(phase.lcp, event);
  const out = carried(PROTOCOL.lcp, "terminate", effects);
  return happened(effects, "finished") ? end(phase.cause, ...out) : [{ ...phase, lcp }, ...out];
}

/** A copy of what was refused: our Failure was lost, and the user shall see why it ended. */
export function onClosingAuth(phase: Closing, packet: Packet): PhaseNext {
  const { auth: settled } = phase;
  if (settled?.at !== "settled") return [phase];
  const [auth, ...effects] = authenticator(settled, { type: "packet", packet });
  const out = effects.flatMap((effect) =>
    effect.do === "send" ? [sendPacket(protocolOf(settled), effect.packet)] : [],
  );
  return [{ ...phase, auth }, ...out];
}
