import type { PeerCallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { reserved, u16 } from "./field.ts";

/** Call-Clear-Request (RFC 2637 §2.12): the client hangs up. */
export const callClearRequest = message({
  code: 12,
  type: "call-clear-request",
  fields: {
    /** The client's (PNS) call ID, since it may not know ours yet. */
    callId: u16<PeerCallId>(),
    reserved1: reserved(2),
  },
});

export type CallClearRequest = MessageOf<typeof callClearRequest>;
