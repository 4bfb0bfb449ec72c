import type { PeerCallId } from "../../wire/call-id.ts";
import { FRAMING } from "./capabilities.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bitSet, bps, counted, delay, reserved, u16 } from "./field.ts";

/** Incoming-Call-Connected (RFC 2637 §2.11). */
export const incomingCallConnected = message({
  code: 11,
  type: "incoming-call-connected",
  fields: {
    /** The PNS's call ID. */
    peerCallId: u16<PeerCallId>(),
    reserved1: reserved(2),
    connectSpeed: bps(),
    receiveWindow: counted("packet"),
    transmitDelay: delay(),
    framingType: bitSet(FRAMING),
  },
});

export type IncomingCallConnected = MessageOf<typeof incomingCallConnected>;
