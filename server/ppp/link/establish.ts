import { CODE } from "../codes.ts";
import { authenticationProtocol, required } from "../lcp/authentication-protocol.ts";
import { lcp } from "../lcp/lcp.ts";
import type { LcpPolicy } from "../lcp/lcp-policy.ts";
import { firstMagic, magicNumber } from "../lcp/magic-number.ts";
import { end } from "../link-common/closing.ts";
import { carried, failure, happened } from "../link-common/effects.ts";
import { negotiate, openNegotiation } from "../negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { decodeTerminateData, type Termination } from "../terminate-data.ts";
import { onAuth, startAuthentication } from "./authenticate.ts";
import { FIRST_FRAME } from "./limits.ts";
import type { LinkEffect, LinkEnd, LinkPolicy, LinkTimer } from "./link-types.ts";
import {
  andThen,
  close,
  common,
  type Establishing,
  type Idle,
  type Live,
  type Phase,
  type PhaseNext,
  type Waiting,
} from "./phase.ts";

/** The call is up: give the client a moment to speak first. */
export function start(phase: Idle): PhaseNext {
  const { policy, seeds } = phase;
  const { mru, authentication } = policy;
  const opened = openNegotiation(lcp, { mru, magic: firstMagic(seeds.magic), authentication });
  return [
    { at: "waiting", policy, seeds, lcp: opened, challenges: 0, protocolRejects: 0 },
    { do: "arm", timer: "first-frame", after: FIRST_FRAME },
  ];
}

/** LCP begins: `blind` without a frame from the client, which may then miss our request. */
export function establish(phase: Waiting, blind: boolean): PhaseNext {
  const [next, ...effects] = onLcp({ ...phase, at: "establishing" }, { type: "up", blind });
  return [next, { do: "disarm", timer: "first-frame" }, ...effects];
}

/** LCP in any phase before `closing`. */
export function onLcp(phase: Live, event: NegotiationEvent): PhaseNext {
  const [next, ...effects] = negotiate(phase.lcp, event);
  const out = carried(PROTOCOL.lcp, "lcp-restart", effects);
  const code = event.type === "packet" ? event.packet.code : undefined;
  if (event.type === "packet" && code === CODE.terminateRequest)
    return end(causeOfTerminateRequest(phase, event.packet), ...out.filter((effect) => effect.do === "send"));
  const broken = failure(effects);
  if (broken !== undefined) return close(phase, ...causeOf(broken.option, phase.policy));
  if (happened(effects, "finished")) return end({ code: "lcp-unanswered" }, ...out);
  if (happened(effects, "down")) return renegotiated(phase, next, out, code);
  if (happened(effects, "reacked")) return andThen([{ ...phase, lcp: next }, ...out], challengeAgain);
  if (!happened(effects, "up")) return [{ ...phase, lcp: next }, ...out];
  return andThen([{ ...phase, lcp: next }, ...out], () =>
    startAuthentication({ ...(phase as Establishing), lcp: next }),
  );
}

const causeOf = (option: string, policy: LinkPolicy): readonly [cause: LinkEnd, text: string] => {
  if (option === authenticationProtocol.name)
    return [{ code: "auth-protocol-refused" }, required(policy.authentication)];
  const text = "no agreement on the link's options";
  return option === magicNumber.name ? [{ code: "loop" }, text] : [{ code: "lcp-not-agreed", option }, text];
};

/**
 * pppd that is set to 40 bits, or to stateful MPPE alone, ends the link itself as soon as it sees our Nak.
 * Windows says why by a number.
 */
function causeOfTerminateRequest(phase: Live, packet: Packet): LinkEnd {
  const said: Termination = { protocol: "lcp", data: decodeTerminateData(packet.data) };
  return phase.at === "encrypting" && phase.ccp.naksSent > 0 && said.data.kind !== "windows"
    ? { code: "mppe-refused", how: "hung-up", said }
    : { code: "peer-terminated", said };
}

/**
 * Our Ack had been lost, so the client could not read the Challenge either: again, without waiting for its
 * timer.
 */
function challengeAgain(phase: Phase): PhaseNext {
  return phase.at === "authenticating" && phase.auth.at === "waiting"
    ? onAuth(phase, { type: "start" })
    : [phase];
}

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
function renegotiated(
  phase: Live,
  lcp: Negotiation<LcpPolicy>,
  effects: readonly LinkEffect[],
  code: number | undefined,
): PhaseNext {
  const asked = phase.at === "authenticating" && phase.auth.at === "waiting";
  if (code === CODE.terminateAck && !asked) return close(phase, { code: "peer-closed" }, "LCP is closed");
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
