import type { Millis } from "../../wire/units.ts";
import { encodeFrame } from "../frame.ts";
import type { NegotiationEffect } from "../negotiation/negotiation.ts";
import { encodePacket, type Packet } from "../packet.ts";

/** What either end of a link asks of its runner, whatever its timers are called. */
export type CarriedEffect<Timer> =
  | { readonly do: "send"; readonly frame: Uint8Array }
  | { readonly do: "arm"; readonly timer: Timer; readonly after: Millis }
  | { readonly do: "disarm"; readonly timer: Timer };

/** The effect that sends a packet of a control protocol. */
export const sendPacket = (
  protocol: number,
  packet: Packet,
): { readonly do: "send"; readonly frame: Uint8Array } => ({
  do: "send",
  frame: encodeFrame(protocol, encodePacket(packet)),
});

/** What a negotiation wants of the outside; its layer events are for the phase that runs it. */
export function carried<const Timer extends string>(
  protocol: number,
  timer: Timer,
  effects: readonly NegotiationEffect[],
): readonly CarriedEffect<Timer>[] {
  return effects.flatMap((effect): CarriedEffect<Timer>[] => {
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
