import { encodeFrame } from "../frame.ts";
import type { NegotiationEffect } from "../negotiation/negotiation.ts";
import { encodePacket, type Packet } from "../packet.ts";
import type { LinkEffect, LinkTimer } from "./link-types.ts";

/** The effect that sends a packet of a control protocol. */
export const sendPacket = (protocol: number, packet: Packet): LinkEffect => ({
  do: "send",
  frame: encodeFrame(protocol, encodePacket(packet)),
});

/** What a negotiation wants of the outside; its layer events are for the phase that runs it. */
export function carried(
  protocol: number,
  timer: LinkTimer,
  effects: readonly NegotiationEffect[],
): readonly LinkEffect[] {
  return effects.flatMap((effect): LinkEffect[] => {
    if (effect.do === "send") return [sendPacket(protocol, effect.packet)];
    if (effect.do === "arm") return [{ do: "arm", timer, after: effect.after }];
    return effect.do === "disarm" ? [{ do: "disarm", timer }] : [];
  });
}

/** Did this happen? */
export const happened = (
  effects: readonly NegotiationEffect[],
  what: "up" | "down" | "finished" | "reacked",
): boolean => effects.some((effect) => effect.do === what);

/** Why there will be no agreement, if so. */
export const failure = (effects: readonly NegotiationEffect[]) =>
  effects.find((effect) => effect.do === "failed");
