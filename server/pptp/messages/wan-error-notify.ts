import type { PeerCallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { reserved, u16, u32 } from "./field.ts";

/**
 * WAN-Error-Notify (RFC 2637 §2.14): counters since the call began. We never send one: Windows does not
 * expect it.
 */
export const wanErrorNotify = message({
  code: 14,
  type: "wan-error-notify",
  fields: {
    /** The PNS's call ID. */
    peerCallId: u16<PeerCallId>(),
    reserved1: reserved(2),
    crcErrors: u32(),
    framingErrors: u32(),
    hardwareOverruns: u32(),
    bufferOverruns: u32(),
    timeOutErrors: u32(),
    alignmentErrors: u32(),
  },
});

export type WanErrorNotify = MessageOf<typeof wanErrorNotify>;
