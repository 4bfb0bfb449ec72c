import { protocolOf } from "../auth/authenticator.ts";
import { CODE } from "../codes.ts";
import { decodeFrame, type Frame } from "../frame.ts";
import { required } from "../lcp/authentication-protocol.ts";
import { end, onClosingLcp } from "../link-common/closing.ts";
import { rejectedProtocol, rejectProtocol } from "../link-common/protocol-reject.ts";
import { account } from "../link-common/timers.ts";
import { decodePacket, type Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { moreTelling, type Termination, terminationIn } from "../terminate-data.ts";
import { onAssigned, onAuth, onClosingAuth, onVerified } from "./authenticate.ts";
import {
  ccpExpired,
  holdForLater,
  onCcpRestart,
  onCoherencyLost,
  onOpenCcp,
  onOpeningCcp,
  refused,
} from "./encrypt.ts";
import { establish, onLcp, start } from "./establish.ts";
import type { LinkEffect, LinkEnd, LinkEvent, LinkPolicy, LinkSeeds, LinkTimer } from "./link-types.ts";
import { alive, ipcpExpired, onIpcp, onIpcpRestart, onSilence, probe } from "./network.ts";
import {
  andThen,
  type Closing,
  close,
  type Live,
  type Networking,
  type Phase,
  type PhaseNext,
  type Up,
} from "./phase.ts";
import { answer, ask, NOTHING_ASKED, type Questions } from "./questions.ts";

/** A PPP link with one client, from the call reply to the last effect. Opaque to whoever runs it. */
export interface LinkState {
  readonly phase: Phase;
  /** Timers that run. */
  readonly armed: ReadonlySet<LinkTimer>;
  /** What was asked and is not answered. */
  readonly questions: Questions;
}

/** A link that waits for `start`. */
export function createLink(policy: LinkPolicy, seeds: LinkSeeds): LinkState {
  return { phase: { at: "idle", policy, seeds }, armed: new Set(), questions: NOTHING_ASKED };
}

/** Why a link that has sent its Terminate-Request is ending; undefined before that. */
export const closingCause = ({ phase }: LinkState): LinkEnd | undefined =>
  phase.at === "closing" ? phase.cause : undefined;

/**
 * Leads a client through LCP, MS-CHAPv2, CCP and IPCP. Pure: effects are to be performed in order, all of
 * them before the next event. Any event may come at any time; one that means nothing where the link stands
 * moves nothing. After `ended` there are no more effects and no timer runs.
 */
export function link(state: LinkState, event: LinkEvent): readonly [LinkState, ...LinkEffect[]] {
  if (event.type === "timer" && !state.armed.has(event.timer)) return [state];
  if (event.type === "verified" || event.type === "assigned") {
    const [questions, heed, ...late] = answer(state.questions, event.type);
    if (!heed) return [{ ...state, questions }, ...late];
    return advance({ ...state, questions }, event);
  }
  return advance(state, event);
}

function advance(state: LinkState, event: LinkEvent): readonly [LinkState, ...LinkEffect[]] {
  const [phase, ...effects] = step(state.phase, event);
  const expired = event.type === "timer" ? event.timer : undefined;
  const [armed, ...timed] = account(state.armed, expired, effects);
  const [questions, ...out] = ask(state.questions, phase, timed);
  return [{ phase, armed, questions }, ...out];
}

function step(phase: Phase, event: LinkEvent): PhaseNext {
  switch (event.type) {
    case "start":
      return phase.at === "idle" ? start(phase) : [phase];
    case "frame":
      return onFrame(phase, event.frame.slice()); // parts of it are kept, and the caller may use the memory again
    case "timer":
      return onTimer(phase, event.timer);
    case "verified":
      return onVerified(phase, event.outcome);
    case "assigned":
      return onAssigned(phase, event.assignment);
    case "coherency-lost":
      return onCoherencyLost(phase);
    case "alive":
      return alive(phase);
    case "probe":
      return probe(phase);
    case "close":
      if (phase.at === "idle") return end({ code: "closed" });
      if (phase.at === "closing" || phase.at === "ended") return [phase];
      return close(phase, { code: "closed" }, event.text);
  }
}

/** A frame in any phase. What does not decode is dropped: the trace has it. */
function onFrame(phase: Phase, octets: Uint8Array): PhaseNext {
  switch (phase.at) {
    case "ended":
      return [phase];
    case "idle": // the call reply is on its way: this client is quick
      return andThen(start(phase), (next) => onFrame(next, octets));
    case "waiting":
      return andThen(establish(phase, false), (next) => onFrame(next, octets));
    default:
      break;
  }
  const frame = decodeFrame(octets);
  if (!frame.ok) return alive(phase);
  if (phase.at === "closing") return whileClosing(phase, frame.value);
  return andThen(alive(phase), () =>
    onProtocol(phase.at === "up" ? { ...phase, unanswered: 0 } : phase, frame.value),
  );
}

function onProtocol(phase: Live, frame: Frame): PhaseNext {
  switch (frame.protocol) {
    case PROTOCOL.lcp:
    case PROTOCOL.chap:
    case PROTOCOL.ipcp:
      break;
    case PROTOCOL.pap:
      if (!speaks(phase, frame.protocol)) return rejectProtocol(phase, frame);
      break;
    case PROTOCOL.ccp:
      if (inClear(phase)) return rejectProtocol(phase, frame);
      break;
    default:
      return rejectProtocol(phase, frame);
  }
  const packet = decodePacket(frame.information);
  if (!packet.ok) return [phase];
  const moved = onPacket(phase, frame.protocol, packet.value);
  if (frame.protocol !== PROTOCOL.ccp || packet.value.code !== CODE.configureRequest) return moved;
  return andThen(moved, (next) => (inClear(next) ? rejectProtocol(next, frame) : [next]));
}

/**
 * This client goes on without encryption, so it must stop asking: many wait with IPCP until CCP is settled.
 */
const inClear = (phase: Phase): phase is Networking | Up => "ipcp" in phase && phase.ccp === undefined;

/** Packets before the time of their protocol are dropped (RFC 1661 §3.4, §3.5), but for one that can wait. */
function onPacket(phase: Live, protocol: number, packet: Packet): PhaseNext {
  const event = { type: "packet", packet } as const;
  if (protocol === PROTOCOL.lcp)
    return packet.code === CODE.protocolReject ? onProtocolReject(phase, packet) : onLcp(phase, event);
  if (protocol === PROTOCOL.chap || protocol === PROTOCOL.pap)
    return "auth" in phase && speaks(phase, protocol) ? onAuth(phase, event) : [phase];
  if (protocol === PROTOCOL.ccp) return onCcp(phase, packet);
  if ("ipcp" in phase) return onIpcp(phase, event);
  const early = phase.at === "encrypting" && packet.code === CODE.configureRequest;
  return early ? holdForLater(phase, packet) : [phase];
}

function onCcp(phase: Live, packet: Packet): PhaseNext {
  const event = { type: "packet", packet } as const;
  if (phase.at === "encrypting") return onOpeningCcp(phase, event);
  return "ipcp" in phase ? onOpenCcp(phase, event) : [phase];
}

function whileClosing(phase: Closing, { protocol, information }: Frame): PhaseNext {
  const packet = decodePacket(information);
  if (!packet.ok) return [phase];
  const next = { ...phase, cause: withMore(phase.cause, terminationIn(protocol, packet.value)) };
  if (protocol === PROTOCOL.lcp) return onClosingLcp(next, { type: "packet", packet: packet.value });
  return speaks(next, protocol) ? onClosingAuth(next, packet.value) : [next];
}

/** Windows terminates one protocol after the other, and does not say why with the first. */
const withMore = (cause: LinkEnd, more: Termination | undefined): LinkEnd =>
  cause.code === "peer-terminated" && more !== undefined
    ? { ...cause, said: moreTelling(cause.said, more) }
    : cause;

/** Is this the protocol that the client authenticates itself with? */
const speaks = (phase: Live | Closing, protocol: number): boolean =>
  "auth" in phase && phase.auth !== undefined && protocolOf(phase.auth) === protocol;

/** The peer does not speak a protocol of ours. */
function onProtocolReject(phase: Live, packet: Packet): PhaseNext {
  const protocol = rejectedProtocol(phase.lcp, packet);
  switch (protocol) {
    case PROTOCOL.lcp:
      return close(phase, { code: "lcp-not-agreed", option: "protocol-reject" }, "LCP was rejected");
    case PROTOCOL.chap:
    case PROTOCOL.pap:
      if (phase.at !== "authenticating" || protocolOf(phase.auth) !== protocol) return [phase];
      return close(phase, { code: "auth-protocol-refused" }, required(phase.policy.authentication));
    case PROTOCOL.ccp:
      return "ccp" in phase && phase.ccp !== undefined ? refused(phase, "protocol-reject") : [phase];
    case PROTOCOL.ipcp:
      if (phase.at !== "networking" && phase.at !== "up") return [phase];
      return close(phase, { code: "ipcp-unanswered" }, "IPCP was rejected");
    default:
      return [phase];
  }
}

/** A timer that was armed expired. In a phase that has no use for it nothing moves. */
function onTimer(phase: Phase, timer: LinkTimer): PhaseNext {
  const timeout = { type: "timeout" } as const;
  switch (timer) {
    case "first-frame":
      return phase.at === "waiting" ? establish(phase, true) : [phase];
    case "lcp-restart":
      return "lcp" in phase && phase.at !== "closing" ? onLcp(phase, timeout) : [phase];
    case "auth":
      return phase.at === "authenticating" ? onAuth(phase, timeout) : [phase];
    case "ccp-restart":
      return phase.at === "encrypting" ? onCcpRestart(phase) : [phase];
    case "ccp-deadline":
      return phase.at === "encrypting" ? ccpExpired(phase) : [phase];
    case "ipcp-restart":
      return "ipcp" in phase ? onIpcpRestart(phase) : [phase];
    case "ipcp-deadline":
      return phase.at === "networking" ? ipcpExpired(phase) : [phase];
    case "echo":
      return phase.at === "up" ? onSilence(phase) : [phase];
    case "terminate":
      return phase.at === "closing" ? onClosingLcp(phase, timeout) : [phase];
  }
}
