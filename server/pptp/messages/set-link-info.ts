import type { CallId } from "../../wire/call-id.ts";
import { type MessageOf, message } from "./declaration.ts";
import { accm, reserved, u16 } from "./field.ts";

/**
 * Set-Link-Info (RFC 2637 §2.15): the character maps that PPP agreed to. GRE escapes nothing, so they change
 * nothing.
 */
export const setLinkInfo = message({
  code: 15,
  type: "set-link-info",
  fields: {
    /** Our (PAC) call ID. */
    peerCallId: u16<CallId>(),
    reserved1: reserved(2),
    sendAccm: accm(),
    receiveAccm: accm(),
  },
});

export type SetLinkInfo = MessageOf<typeof setLinkInfo>;
