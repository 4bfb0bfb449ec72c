import type { CallId } from "../../wire/call-id.ts";
import { BEARER } from "./capabilities.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bitSet, counted, raw, u16, u32 } from "./field.ts";

/** Incoming-Call-Request (RFC 2637 §2.9). We never send one: Windows does not expect it. */
export const incomingCallRequest = message({
  code: 9,
  type: "incoming-call-request",
  fields: {
    /** The PAC's call ID. */
    callId: u16<CallId>(),
    callSerialNumber: u16(),
    bearerType: bitSet(BEARER),
    physicalChannelId: u32(),
    /** Of `dialedNumber`. */
    dialedNumberLength: counted("digit"),
    /** Of `dialingNumber`. */
    dialingNumberLength: counted("digit"),
    dialedNumber: raw(64),
    dialingNumber: raw(64),
    subAddress: raw(64),
  },
});

export type IncomingCallRequest = MessageOf<typeof incomingCallRequest>;
