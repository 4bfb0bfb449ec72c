import type { PeerCallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { raw, reserved, u16, u32 } from "./field.ts";

/** Outgoing-Call-Request (RFC 2637 §2.7): how every VPN client dials. */
export const outgoingCallRequest = message({
  code: 7,
  type: "outgoing-call-request",
  fields: {
    /**
     * The client's (PNS) call ID: the key of the GRE packets that we send. 0 is legal: Windows XP and old
     * pptp-linux use it.
     */
    callId: u16<PeerCallId>(),
    callSerialNumber: u16(),
    /** Bits a second. */
    minimumBps: u32(),
    /** Bits a second. */
    maximumBps: u32(),
    /** 1 analog, 2 digital, 3 any. */
    bearerType: u32(),
    /** 1 asynchronous, 2 synchronous, 3 either. */
    framingType: u32(),
    /** Packets that the client buffers. */
    receiveWindow: u16(),
    /** Tenths of a second. */
    processingDelay: u16(),
    /** Digits in `phoneNumber`; not checked against it, since nothing is ever dialled. */
    phoneNumberLength: u16(),
    reserved1: reserved(2),
    phoneNumber: raw(64),
    /** Windows puts the 16 octets of a GUID here: not a string. */
    subAddress: raw(64),
  },
});

export type OutgoingCallRequest = MessageOf<typeof outgoingCallRequest>;
