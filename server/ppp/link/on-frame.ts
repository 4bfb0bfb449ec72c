import { CODE } from "../codes.ts";
import { decodeFrame, type Frame } from "../frame.ts";
import { decodePacket, type Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { onChap } from "./authenticate.ts";
import { onClosingChap, onClosingLcp } from "./closing.ts";
import { onCcp } from "./encrypt.ts";
import { establish, onLcp, start } from "./establish.ts";
import { alive } from "./keepalive.ts";
import { onIpcp } from "./network.ts";
import type { Closing, Live, Phase, PhaseNext } from "./phase.ts";
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
    case PROTOCOL.ccp:
      // The policy lets this client go without; it must stop asking.
      if ("ipcp" in phase && phase.ccp === undefined) return rejectProtocol(phase, frame);
      break;
    default:
      return rejectProtocol(phase, frame);
  }
  const packet = decodePacket(frame.information);
  return packet.ok ? onPacket(phase, frame.protocol, packet.value) : [phase];
}

/** Packets before the time of their protocol are dropped (RFC 1661 §3.4, §3.5), but for one that can wait. */
function onPacket(phase: Live, protocol: number, packet: Packet): PhaseNext {
  const event = { type: "packet", packet } as const;
  if (protocol === PROTOCOL.lcp)
    return packet.code === CODE.protocolReject ? onProtocolReject(phase, packet) : onLcp(phase, event);
  if (protocol === PROTOCOL.chap) return "auth" in phase ? onChap(phase, event) : [phase];
  if (protocol === PROTOCOL.ccp) return "ccp" in phase ? onCcp(phase, event) : [phase];
  if ("ipcp" in phase) return onIpcp(phase, event);
  // Windows asks for its address beside CCP. Held: a Terminate-Ack, as pppd gives, costs it two seconds.
  const early = phase.at === "encrypting" && packet.code === CODE.configureRequest;
  return [early ? { ...phase, held: packet } : phase];
}

function whileClosing(phase: Closing, { protocol, information }: Frame): PhaseNext {
  const packet = decodePacket(information);
  if (!packet.ok) return [phase];
  if (protocol === PROTOCOL.lcp) return onClosingLcp(phase, { type: "packet", packet: packet.value });
  return protocol === PROTOCOL.chap ? onClosingChap(phase, packet.value) : [phase];
}
