import { protocolOf } from "../auth/authenticator.ts";
import { CODE } from "../codes.ts";
import { decodeFrame, type Frame } from "../frame.ts";
import { decodePacket, type Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { onAuth } from "./authenticate.ts";
import { onClosingAuth, onClosingLcp } from "./closing.ts";
import { holdForLater, onOpeningCcp } from "./encrypt.ts";
import { establish, onLcp, start } from "./establish.ts";
import { alive } from "./keepalive.ts";
import { onIpcp } from "./network.ts";
import { onOpenCcp } from "./open-ccp.ts";
import type { Closing, Live, Networking, Phase, PhaseNext, Up } from "./phase.ts";
import { onProtocolReject, rejectProtocol } from "./protocol-reject.ts";
import { andThen } from "./sequence.ts";

/** A frame in any phase. What does not decode is dropped: the trace has it. */
export function onFrame(phase: Phase, octets: Uint8Array): PhaseNext {
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
  if (protocol === PROTOCOL.lcp) return onClosingLcp(phase, { type: "packet", packet: packet.value });
  return speaks(phase, protocol) ? onClosingAuth(phase, packet.value) : [phase];
}

/** Is this the protocol that the client authenticates itself with? */
const speaks = (phase: Live | Closing, protocol: number): boolean =>
  "auth" in phase && phase.auth !== undefined && protocolOf(phase.auth) === protocol;
