import type { CallId, PeerCallId } from "../../wire/call-id.ts";
import { cause } from "./cause.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bps, code, counted, delay, u16, u32 } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of an Outgoing-Call-Reply (RFC 2637 §2.8). */
export const CALL_RESULT = {
  connected: 1,
  generalError: 2,
  noCarrier: 3,
  busy: 4,
  noDialTone: 5,
  timeOut: 6,
  doNotAccept: 7,
} as const;

/** Outgoing-Call-Reply (RFC 2637 §2.8). */
export const outgoingCallReply = message({
  code: 8,
  type: "outgoing-call-reply",
  fields: {
    /** Our (PAC) call ID: the key of the GRE packets that the client sends. 0 where the call was refused. */
    callId: u16<CallId>(),
    /** The client's call ID, as in the request. */
    peerCallId: u16<PeerCallId>(),
    result: code(CALL_RESULT),
    error: code(GENERAL_ERROR),
    cause: cause(),
    connectSpeed: bps(),
    receiveWindow: counted("packet"),
    processingDelay: delay(),
    physicalChannelId: u32(),
  },
});

export type OutgoingCallReply = MessageOf<typeof outgoingCallReply>;
