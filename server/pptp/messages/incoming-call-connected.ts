import type { PeerCallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { reserved, u16, u32 } from "./field.ts";

/** Incoming-Call-Connected (RFC 2637 §2.11). */
export const incomingCallConnected = message({
  code: 11,
  type: "incoming-call-connected",
  fields: {
    /** The PNS's call ID. */
    peerCallId: u16<PeerCallId>(),
    reserved1: reserved(2),
    /** Bits a second. */
    connectSpeed: u32(),
    /** Packets. */
    receiveWindow: u16(),
    /** Tenths of a second. */
    transmitDelay: u16(),
    /** 1 asynchronous, 2 synchronous. */
    framingType: u32(),
  },
});

export type IncomingCallConnected = MessageOf<typeof incomingCallConnected>;
