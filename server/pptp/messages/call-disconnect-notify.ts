import type { CallId } from "../../wire/call-id.ts";
import { octets } from "../../wire/units.ts";
import { cause } from "./cause.ts";
import { type MessageOf, message } from "./declaration.ts";
import { code, reserved, text, u16 } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of a Call-Disconnect-Notify (RFC 2637 §2.13). Windows ignores them, and sends 0 itself. */
export const DISCONNECT_RESULT = { lostCarrier: 1, generalError: 2, adminShutdown: 3, request: 4 } as const;

/** Size of the Call Statistics field (RFC 2637 §2.13). */
export const CALL_STATISTICS_SIZE = octets(128);

/** Call-Disconnect-Notify (RFC 2637 §2.13): the call is over, whoever ended it. */
export const callDisconnectNotify = message({
  code: 13,
  type: "call-disconnect-notify",
  fields: {
    /** Our (PAC) call ID: pptp-linux finds its call by nothing else. */
    callId: u16<CallId>(),
    result: code(DISCONNECT_RESULT),
    error: code(GENERAL_ERROR),
    cause: cause(),
    reserved1: reserved(2),
    /** ASCII, for the peer's log. */
    callStatistics: text(CALL_STATISTICS_SIZE),
  },
});

export type CallDisconnectNotify = MessageOf<typeof callDisconnectNotify>;
