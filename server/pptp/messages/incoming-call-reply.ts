import type { CallId, PeerCallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { code, counted, delay, reserved, u16 } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of an Incoming-Call-Reply (RFC 2637 §2.10). */
export const INCOMING_CALL_RESULT = { connect: 1, generalError: 2, doNotAccept: 3 } as const;

/** Incoming-Call-Reply (RFC 2637 §2.10). */
export const incomingCallReply = message({
  code: 10,
  type: "incoming-call-reply",
  fields: {
    /** The PNS's call ID. */
    callId: u16<PeerCallId>(),
    /** The PAC's call ID, as in the request. */
    peerCallId: u16<CallId>(),
    result: code(INCOMING_CALL_RESULT),
    error: code(GENERAL_ERROR),
    receiveWindow: counted("packet"),
    transmitDelay: delay(),
    reserved1: reserved(2),
  },
});

export type IncomingCallReply = MessageOf<typeof incomingCallReply>;
