import { CODE } from "../codes.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import type { Negotiation } from "../negotiation/negotiation.ts";
import { close } from "./closing.ts";
import type { LinkEffect, LinkTimer } from "./link-types.ts";
import { common, type Live, type PhaseNext } from "./phase.ts";

/** Timers of what runs above LCP. */
const UPPER_TIMERS: readonly LinkTimer[] = [
  "auth",
  "ccp-restart",
  "ccp-deadline",
  "ipcp-restart",
  "ipcp-deadline",
  "echo",
];

/**
 * An open LCP has gone down: the client negotiates it anew, as RFC 1661 §4.3 lets it at any time. All that
 * stood on it is gone: no packet passes any more, and nothing of the log-in is kept, since a key that was
 * used may not be used again. The client proves itself by a challenge that was never used, and gets fresh
 * keys by that. `lcp` and `effects` are what became of LCP; `code` is that of the packet that did it.
 */
export function renegotiated(
  phase: Live,
  lcp: Negotiation<LcpPolicy>,
  effects: readonly LinkEffect[],
  code: number | undefined,
): PhaseNext {
  const asked = phase.at === "authenticating" && phase.auth.at === "waiting";
  // A Terminate-Ack that nobody asked for says that the client's LCP is closed (RFC 1661 §4.3).
  if (code === CODE.terminateAck && !asked)
    return close(phase, { code: "peer-terminated", text: "" }, "LCP is closed");
  if (phase.challenges >= phase.seeds.challenges.length)
    return close(phase, { code: "renegotiated-too-often" }, "LCP was negotiated too often");
  return [
    { ...common(phase), at: "establishing", lcp },
    ...takeDown(phase),
    ...UPPER_TIMERS.map((timer): LinkEffect => ({ do: "disarm", timer })),
    ...effects,
  ];
}

/**
 * The network where it is open, and keys where they were set: they must be gone before others come, or none.
 */
function takeDown(phase: Live): readonly LinkEffect[] {
  const keyed =
    phase.at === "encrypting" ? phase.installed !== undefined : "ccp" in phase && phase.ccp !== undefined;
  return keyed || phase.at === "up" ? [{ do: "close-network" }] : [];
}
