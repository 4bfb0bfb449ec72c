import { printable } from "../../wire/printable.ts";
import { CODE } from "../codes.ts";
import { authenticationProtocol, required } from "../lcp/authentication-protocol.ts";
import { lcp } from "../lcp/lcp.ts";
import { magicNumber } from "../lcp/magic-number.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import { createNegotiation, type NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { onAuth, startAuthentication } from "./authenticate.ts";
import { close, end } from "./closing.ts";
import { carried, failure, happened } from "./effects.ts";
import { FIRST_FRAME } from "./limits.ts";
import type { LinkEnd, LinkPolicy } from "./link-types.ts";
import type { Establishing, Idle, Live, Phase, PhaseNext, Waiting } from "./phase.ts";
import { renegotiated } from "./renegotiate.ts";
import { andThen } from "./sequence.ts";

/** The call is up: give the client a moment to speak first. */
export function start(phase: Idle): PhaseNext {
  const { policy, seeds } = phase;
  const { mru, authentication } = policy;
  const magic = seeds.magic === 0 ? 1 : seeds.magic >>> 0; // zero means "none" (RFC 1661 §6.4)
  const [opened] = negotiate(createNegotiation(lcp, { mru, magic, authentication }), { type: "open" });
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
    return end(causeOfGoodbye(phase, event.packet), ...out.filter((effect) => effect.do === "send"));
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
 */
function causeOfGoodbye(phase: Live, { data }: Packet): LinkEnd {
  return phase.at === "encrypting" && phase.ccp.naksSent > 0
    ? { code: "mppe-refused", how: "hung-up" }
    : { code: "peer-terminated", text: printable(data) };
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
