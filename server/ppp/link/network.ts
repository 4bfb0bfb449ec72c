import { type Authenticator, protocolOf } from "../auth/authenticator.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { CODE } from "../codes.ts";
import { ipcp } from "../ipcp/ipcp.ts";
import { mru } from "../lcp/mru.ts";
import { carried, failure, happened, sendPacket } from "../link-common/effects.ts";
import { framingOf } from "../link-common/framing.ts";
import * as keepalive from "../link-common/keepalive.ts";
import { negotiate, openNegotiation } from "../negotiation/negotiate.ts";
import type { Negotiation, NegotiationEvent } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { decodeTerminateData, type Termination } from "../terminate-data.ts";
import { IPCP_DEADLINE } from "./limits.ts";
import type { LinkEffect, LinkEnd } from "./link-types.ts";
import {
  type Admitted,
  andThen,
  before,
  close,
  common,
  type Networking,
  type Phase,
  type PhaseNext,
  type Up,
} from "./phase.ts";

/**
 * Encryption is settled, `ccp` or none: IPCP starts at once, and with what the client already asked for. The
 * start keys stay behind.
 */
export function startNetwork(
  phase: Admitted,
  ccp: Negotiation<CcpPolicy> | undefined,
  held: Packet | undefined,
): PhaseNext {
  const { auth, assignment } = phase;
  const networking: Networking = {
    ...common(phase),
    at: "networking",
    auth,
    assignment,
    ccp,
    ipcp: openNegotiation(ipcp, assignment, mru.in(phase.lcp.accepted)),
  };
  const [started, ...effects] = onIpcp(networking, { type: "up", blind: false });
  const timed: PhaseNext = [started, ...effects, { do: "arm", timer: "ipcp-deadline", after: IPCP_DEADLINE }];
  if (held === undefined) return timed;
  return andThen(timed, (next) =>
    next.at === "networking" ? onIpcp(next, { type: "packet", packet: held }) : [next],
  );
}

/** IPCP, before and after it is open. */
export function onIpcp(phase: Networking | Up, event: NegotiationEvent): PhaseNext {
  const [next, ...effects] = negotiate(phase.ipcp, event);
  const out = carried(PROTOCOL.ipcp, "ipcp-restart", effects);
  const broken = failure(effects);
  if (broken !== undefined) return close(phase, notAgreed("refused", broken.option), NOT_AGREED_TEXT);
  if (happened(effects, "finished")) return ipcpExpired({ ...phase, ipcp: next });
  if (event.type === "packet" && event.packet.code === CODE.terminateRequest) {
    const said: Termination = { protocol: "ipcp", data: decodeTerminateData(event.packet.data) };
    const cause: LinkEnd =
      phase.at === "up"
        ? { code: "peer-terminated", said }
        : { code: "ipcp-not-agreed", how: "terminated", said };
    const [closing, ...terminate] = close({ ...phase, ipcp: next }, cause, "IPCP was terminated");
    return [closing, ...out, ...terminate];
  }
  // IPCP negotiated anew in a session can only end with the same address: nothing below it changes.
  if (!happened(effects, "up") || phase.at === "up") return [{ ...phase, ipcp: next }, ...out];
  return [
    { ...phase, at: "up", ipcp: next, unanswered: 0 },
    openNetwork(phase), // before the Ack in `out`, or the first packet is dropped
    ...out,
    { do: "disarm", timer: "ipcp-deadline" },
    { do: "arm", timer: "echo", after: phase.policy.echoInterval },
    { do: "reached", stage: "ipcp" },
  ];
}

/**
 * The Restart counter or the deadline ran out. A client that has our Ack for its address agreed; what is
 * missing is its answer to our own request.
 */
export function ipcpExpired(phase: Networking | Up): PhaseNext {
  return phase.ipcp.heard && phase.ipcp.accepted.length === 0
    ? close(phase, notAgreed("unfinished"), NOT_AGREED_TEXT)
    : close(phase, { code: "ipcp-unanswered" }, "no answer to IPCP");
}

function notAgreed(how: "refused" | "unfinished", option?: string): LinkEnd {
  return { code: "ipcp-not-agreed", how, ...(option === undefined ? {} : { option }) };
}
const NOT_AGREED_TEXT = "no agreement on the IP address";

const openNetwork = ({ assignment, lcp, ccp }: Networking): LinkEffect => ({
  do: "open-network",
  network: { address: assignment.remote, ...framingOf(lcp, ccp) },
});

/** IPCP's Restart timer. In clear, IPCP is the first word after the log-in. */
export function onIpcpRestart(phase: Networking | Up): PhaseNext {
  const unheard = phase.at === "networking" && phase.ccp === undefined && !phase.ipcp.heard;
  return before(unheard ? answerAgain(phase.auth) : [], onIpcp(phase, { type: "timeout" }));
}

/**
 * A client that answers nothing may not know that it is in: pppd does not repeat its Response, and reads no
 * network protocol before it has the Success. RFC 1994 §4.2 has it ignore a copy.
 */
export const answerAgain = (auth: Authenticator): readonly LinkEffect[] =>
  auth.at === "settled" ? [sendPacket(protocolOf(auth), auth.answer)] : [];

/**
 * Anything from the client: the silence starts anew. A Code-Reject of Echo-Request is as good as an
 * Echo-Reply.
 */
export const alive = (phase: Phase): PhaseNext =>
  phase.at === "up" ? keepalive.alive(phase, keepaliveOf(phase)) : [phase];

/** Is the client there, now? An Echo-Request out of turn, wherever LCP is open. */
export function probe(phase: Phase): PhaseNext {
  switch (phase.at) {
    case "assigning":
    case "encrypting":
    case "networking":
    case "up":
      return keepalive.sendEcho(phase);
    default:
      return [phase];
  }
}

/** Silence for an echo interval. */
export const onSilence = (phase: Up): PhaseNext =>
  keepalive.onSilence(phase, keepaliveOf(phase)) ??
  close(phase, { code: "echo-unanswered" }, "no answer to Echo-Requests");

const keepaliveOf = ({ policy: { echoInterval, echoFailures } }: Up): keepalive.Keepalive => ({
  interval: echoInterval,
  failures: echoFailures,
});
