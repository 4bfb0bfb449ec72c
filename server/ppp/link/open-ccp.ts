import { agreedModes } from "../ccp/agreed-modes.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { CODE } from "../codes.ts";
import { negotiate } from "../negotiation/negotiate.ts";
import { type Negotiation, type NegotiationEvent, takeIdentifier } from "../negotiation/negotiation.ts";
import type { Packet } from "../packet.ts";
import { PROTOCOL } from "../protocols.ts";
import { close } from "./closing.ts";
import { carried, failure, happened, sendPacket } from "./effects.ts";
import type { LinkEffect } from "./link-types.ts";
import type { Networking, Phase, PhaseNext, Up } from "./phase.ts";

/**
 * CCP once it is open. In a session, nothing may restart MPPE: it would begin again with the same start keys,
 * hence the same RC4 keystream, and CCP is not authenticated. What would take CCP down ends the link; the
 * identical request that Windows 10 repeats has got its Ack in the negotiation and takes nothing down.
 */
export function onOpenCcp(phase: Networking | Up, event: NegotiationEvent): PhaseNext {
  if (phase.ccp === undefined) return [phase];
  if (event.type === "packet" && event.packet.code === CODE.resetRequest)
    return resetAck(phase, phase.ccp, event.packet);
  const [ccp, ...effects] = negotiate(phase.ccp, event);
  if (happened(effects, "down") || failure(effects) !== undefined)
    return close(phase, { code: "mppe-renegotiated" }, "encryption may not be negotiated anew");
  return [{ ...phase, ccp }, ...carried(PROTOCOL.ccp, "ccp-restart", effects)];
}

/**
 * Where we send stateful, the next packet is flushed (RFC 3078 §8.2). Stateless, every packet is, so nothing
 * changes. But the kernel of a Linux client that has failed on one packet decrypts no other until it sees
 * this answer (RFC 1962 §3).
 */
function resetAck(
  phase: Networking | Up,
  ccp: Negotiation<CcpPolicy>,
  { identifier, data }: Packet,
): PhaseNext {
  const flush: readonly LinkEffect[] =
    agreedModes(ccp)?.send.stateless === false ? [{ do: "flush-encryption" }] : [];
  return [phase, ...flush, sendPacket(PROTOCOL.ccp, { code: CODE.resetAck, identifier, data })];
}

/**
 * The data plane lost its place in what the client encrypts: a Reset-Request without data, which the client
 * answers by a flushed packet (RFC 3078 §8.2). Its Reset-Ack says nothing more.
 */
export function onCoherencyLost(phase: Phase): PhaseNext {
  if (phase.at !== "up" || phase.ccp === undefined) return [phase];
  if (agreedModes(phase.ccp)?.receive.stateless !== false) return [phase];
  const [ccp, identifier] = takeIdentifier(phase.ccp);
  const request = { code: CODE.resetRequest, identifier, data: new Uint8Array(0) };
  return [{ ...phase, ccp }, sendPacket(PROTOCOL.ccp, request)];
}
