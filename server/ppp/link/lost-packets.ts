import { type Authenticator, protocolOf } from "../auth/authenticator.ts";
import { CODE } from "../codes.ts";
import { encodeOptions } from "../option-list.ts";
import { sendPacket } from "./effects.ts";
import { onOpeningCcp } from "./encrypt.ts";
import { CCP_PATIENCE } from "./limits.ts";
import type { LinkEffect } from "./link-types.ts";
import { onIpcp } from "./network.ts";
import type { Encrypting, Networking, PhaseNext, Up } from "./phase.ts";

const timeout = { type: "timeout" } as const;

/**
 * CCP's Restart timer, before CCP is open. We have acknowledged the client's request and miss its Ack to
 * ours. Was ours lost, or the Ack? pppd, once open, ends the link at a second copy of our request, so that it
 * must not be sent to find out. Its own timer tells: a client that lacks our request repeats its own within
 * three seconds, and then gets ours at once; one that asks for its address instead is open. A client that
 * asked for its address beside CCP, as Windows does, takes a copy well, and its address says nothing.
 */
export function onCcpRestart(phase: Encrypting): PhaseNext {
  const again = phase.ccp.heard || phase.held !== undefined ? [] : verdictAgain(phase.auth);
  if (phase.ccp.at !== "Ack-Sent" || phase.asksBeside) return before(again, onOpeningCcp(phase, timeout));
  if (!phase.patient)
    return [
      { ...phase, patient: true, ccp: { ...phase.ccp, unheard: true } },
      { do: "arm", timer: "ccp-restart", after: CCP_PATIENCE },
    ];
  const { awaiting } = phase.ccp;
  if (phase.held === undefined || awaiting === undefined) return onOpeningCcp(phase, timeout);
  const { identifier, asking } = awaiting;
  const packet = { code: CODE.configureAck, identifier, data: encodeOptions(asking) };
  return onOpeningCcp(phase, { type: "packet", packet });
}

/** IPCP's Restart timer. In clear, IPCP is the first word after the log-in. */
export function onIpcpRestart(phase: Networking | Up): PhaseNext {
  const unheard = phase.at === "networking" && phase.ccp === undefined && !phase.ipcp.heard;
  return before(unheard ? verdictAgain(phase.auth) : [], onIpcp(phase, timeout));
}

/**
 * A client that answers nothing may not know that it is in: pppd does not repeat its Response, and reads no
 * network protocol before it has the Success. RFC 1994 §4.2 has it ignore a copy.
 */
const verdictAgain = (auth: Authenticator): readonly LinkEffect[] =>
  auth.at === "settled" ? [sendPacket(protocolOf(auth), auth.verdict)] : [];

const before = (first: readonly LinkEffect[], [phase, ...effects]: PhaseNext): PhaseNext => [
  phase,
  ...first,
  ...effects,
];
