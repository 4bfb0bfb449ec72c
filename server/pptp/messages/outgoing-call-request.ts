import type { PeerCallId } from "../../wire/call-id.ts";
import { BEARER, FRAMING } from "./capabilities.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bitSet, bps, counted, delay, raw, reserved, u16 } from "./field.ts";

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
    minimumBps: bps(),
    maximumBps: bps(),
    /** Both: either will do. */
    bearerType: bitSet(BEARER),
    framingType: bitSet(FRAMING),
    /** That the client buffers. */
    receiveWindow: counted("packet"),
    processingDelay: delay(),
    /** Of `phoneNumber`; not checked against it, since nothing is ever dialled. */
    phoneNumberLength: counted("digit"),
    reserved1: reserved(2),
    phoneNumber: raw(64),
    /** Windows puts the 16 octets of a GUID here: not a string. */
    subAddress: raw(64),
  },
});

export type OutgoingCallRequest = MessageOf<typeof outgoingCallRequest>;
