import { CODE } from "../../../server/ppp/codes.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { end, onClosingLcp } from "../../../server/ppp/link-common/closing.ts";
import { rejectedProtocol, rejectProtocol } from "../../../server/ppp/link-common/protocol-reject.ts";
import { account } from "../../../server/ppp/link-common/timers.ts";
import type { Transition } from "../../../server/ppp/link-common/transition.ts";
import { decodePacket, type Packet } from "../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { onAuthTimer, onChap, onPap } from "./authenticate.ts";
import { onCcp, onOpenCcp, refused } from "./encrypt.ts";
import { onLcp, start } from "./establish.ts";
import type { LinkEffect, LinkEvent, LinkSeeds, LinkSettings, LinkTimer } from "./link-types.ts";
import { alive, onIpcp, onSilence } from "./network.ts";
import { andThen, close, type Live, type Phase, type PhaseNext } from "./phase.ts";

/** The PPP link of one dial. Opaque to whoever runs it. */
export interface LinkState {
  readonly phase: Phase;
  /** Timers that run. */
  readonly armed: ReadonlySet<LinkTimer>;
}

/** A link before its call is up. */
export const createLink = (settings: LinkSettings, seeds: LinkSeeds): LinkState => ({
  phase: { at: "idle", settings, seeds },
  armed: new Set(),
});

/**
 * PPP from the side that dials: LCP, our proof of who we are, CCP, IPCP. Pure; what makes no sense moves
 * nothing. After `ended` there are no more effects and no timer runs.
 */
export function link(state: LinkState, event: LinkEvent): Transition<LinkState, LinkEffect> {
  const expired = event.type === "timer" ? event.timer : undefined;
  if (expired !== undefined && !state.armed.has(expired)) return [state];
  const [phase, ...effects] = step(state.phase, event);
  const [armed, ...out] = account(state.armed, expired, effects);
  return [{ phase, armed }, ...out];
}

function step(phase: Phase, event: LinkEvent): PhaseNext {
  if (phase.at === "ended") return [phase];
  if (phase.at === "idle") {
    if (event.type === "start") return start(phase);
    return event.type === "close" ? end({ code: "closed" }) : [phase];
  }
  switch (event.type) {
    case "start":
      return [phase];
    case "frame":
      return onFrame(phase, event.frame);
    case "timer":
      return onTimer(phase, event.timer);
    case "alive":
      return phase.at === "up" ? alive(phase) : [phase];
    case "close":
      return phase.at === "closing" ? [phase] : close(phase, { code: "closed" });
  }
}

function onFrame(phase: Exclude<Phase, { at: "idle" | "ended" }>, octets: Uint8Array): PhaseNext {
  const frame = decodeFrame(octets);
  if (!frame.ok) return [phase];
  const packet = decodePacket(frame.value.information);
  if (phase.at === "closing") {
    if (frame.value.protocol !== PROTOCOL.lcp || !packet.ok) return [phase];
    return onClosingLcp(phase, { type: "packet", packet: packet.value });
  }
  if (!spoken(phase, frame.value.protocol)) return rejectProtocol(phase, frame.value);
  if (!packet.ok) return [phase];
  const moved = onPacket(phase, frame.value.protocol, packet.value);
  if (phase.at !== "up") return moved;
  return andThen(moved, (next) => (next.at === "up" ? alive(next) : [next]));
}

/** Protocols that we have an answer to. Where nobody wanted encryption there is no CCP. */
function spoken({ settings }: Live, protocol: number): boolean {
  if (protocol === PROTOCOL.ccp) return settings.strengths.length > 0;
  return SPOKEN.has(protocol);
}

const SPOKEN: ReadonlySet<number> = new Set([PROTOCOL.lcp, PROTOCOL.chap, PROTOCOL.pap, PROTOCOL.ipcp]);

function onPacket(phase: Live, protocol: number, packet: Packet): PhaseNext {
  const event = { type: "packet", packet } as const;
  switch (protocol) {
    case PROTOCOL.lcp:
      return packet.code === CODE.protocolReject ? onProtocolReject(phase, packet) : onLcp(phase, event);
    case PROTOCOL.chap:
      return onChap(phase, packet);
    case PROTOCOL.pap:
      return onPap(phase, packet);
    case PROTOCOL.ccp:
      if (phase.at === "encrypting") return onCcp(phase, event);
      return "ccp" in phase && phase.ccp !== undefined ? onOpenCcp(phase, phase.ccp, event) : [phase];
    default:
      if ("ipcp" in phase) return onIpcp(phase, event);
      // Held: a server asks beside CCP, and may not ask again for three seconds.
      return phase.at === "encrypting" && packet.code === CODE.configureRequest
        ? [{ ...phase, held: packet }]
        : [phase];
  }
}

/** The server does not speak a protocol of ours. */
function onProtocolReject(phase: Live, packet: Packet): PhaseNext {
  switch (rejectedProtocol(phase.lcp, packet)) {
    case PROTOCOL.ccp:
      return phase.at === "encrypting" ? refused(phase, "protocol-reject") : [phase];
    case PROTOCOL.ipcp:
      return "ipcp" in phase ? close(phase, { code: "ipcp-not-agreed" }) : [phase];
    default:
      return [phase];
  }
}

function onTimer(phase: Exclude<Phase, { at: "idle" | "ended" }>, timer: LinkTimer): PhaseNext {
  const timeout = { type: "timeout" } as const;
  if (phase.at === "closing") return timer === "terminate" ? onClosingLcp(phase, timeout) : [phase];
  switch (timer) {
    case "lcp-restart":
      return onLcp(phase, timeout);
    case "auth":
      return phase.at === "authenticating" ? onAuthTimer(phase) : [phase];
    case "ccp-restart":
      return phase.at === "encrypting" ? onCcp(phase, timeout) : [phase];
    case "ipcp-restart":
      return "ipcp" in phase ? onIpcp(phase, timeout) : [phase];
    case "echo":
      return phase.at === "up" ? onSilence(phase) : [phase];
    case "terminate":
      return [phase];
  }
}
