import { printable } from "../../wire/printable.ts";
import { CODE } from "../codes.ts";
import { authenticationProtocol } from "../lcp/authentication-protocol.ts";
import { lcp } from "../lcp/lcp.ts";
import { magicNumber } from "../lcp/magic-number.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import { createNegotiation, type NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { onChap, startAuthentication } from "./authenticate.ts";
import { close, end } from "./closing.ts";
import { carried, failure, happened } from "./effects.ts";
import { FIRST_FRAME } from "./limits.ts";
import type { LinkEnd } from "./link-types.ts";
import type { Authenticating, Establishing, Idle, Live, Phase, PhaseNext, Waiting } from "./phase.ts";
import { andThen } from "./sequence.ts";

/** The call is up: give the client a moment to speak first. */
export function start(phase: Idle): PhaseNext {
  const { policy, seeds } = phase;
  const magic = seeds.magic === 0 ? 1 : seeds.magic >>> 0; // zero means "none" (RFC 1661 §6.4)
  const [opened] = negotiate(createNegotiation(lcp, { mru: policy.mru, magic }), { type: "open" });
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
  if (broken !== undefined) return close(phase, ...causeOf(broken.option));
  if (happened(effects, "finished")) return end({ code: "lcp-unanswered" }, ...out);
  if (happened(effects, "down")) return renegotiated(phase, [{ ...phase, lcp: next }, ...out], code);
  if (happened(effects, "reacked")) return andThen([{ ...phase, lcp: next }, ...out], challengeAgain);
  if (!happened(effects, "up")) return [{ ...phase, lcp: next }, ...out];
  return andThen([{ ...phase, lcp: next }, ...out], () =>
    startAuthentication({ ...(phase as Establishing), lcp: next }),
  );
}

const causeOf = (option: string): readonly [cause: LinkEnd, text: string] => {
  if (option === authenticationProtocol.name)
    return [{ code: "auth-protocol-refused" }, "MS-CHAPv2 is required"];
  const text = "no agreement on the link's options";
  return option === magicNumber.name ? [{ code: "loop" }, text] : [{ code: "lcp-not-agreed", option }, text];
};

/** pppd that is set to 40 bits, or to stateful MPPE alone, ends the link itself as soon as it sees our Nak. */
function causeOfGoodbye(phase: Live, { data }: Packet): LinkEnd {
  return phase.at === "encrypting" && phase.ccp.naksSent > 0
    ? { code: "mppe-refused", how: "hung-up" }
    : { code: "peer-terminated", text: printable(data) };
}

/**
 * The client negotiates an open LCP anew. That is its right (RFC 1661 §4.3) until it has answered the Challenge. From
 * then on the link ends: a second Challenge would have to be new, and keys that are in use may not be used again.
 */
function renegotiated(phase: Live, moved: PhaseNext, code: number | undefined): PhaseNext {
  if (phase.at === "authenticating" && phase.auth.at === "challenging") {
    const [next, ...effects] = moved;
    const { auth: _dropped, ...rest } = next as Authenticating;
    return [{ ...rest, at: "establishing" }, { do: "disarm", timer: "auth" }, ...effects];
  }
  // A Terminate-Ack that nobody asked for says that the client's LCP is closed (RFC 1661 §4.3).
  if (code === CODE.terminateAck) return close(phase, { code: "peer-terminated", text: "" }, "LCP is closed");
  const keyed = phase.at === "networking" || phase.at === "up" || (phase.at === "encrypting" && !phase.keys);
  const cause: LinkEnd = keyed
    ? { code: "mppe-renegotiated" }
    : { code: "lcp-not-agreed", option: "renegotiation" };
  return close(phase, cause, "LCP may not be negotiated anew");
}

/** Our Ack had been lost, so the client could not read the Challenge either: again, without waiting for its timer. */
function challengeAgain(phase: Phase): PhaseNext {
  return phase.at === "authenticating" && phase.auth.at === "challenging"
    ? onChap(phase, { type: "timeout" })
    : [phase];
}
