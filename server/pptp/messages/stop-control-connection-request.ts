import { type MessageOf, message } from "./declaration.ts";
import { code, reserved } from "./field.ts";

/** Reasons of a Stop-Control-Connection-Request (RFC 2637 §2.3). */
export const STOP_REASON = { general: 1, badVersion: 2, localShutdown: 3 } as const;

/** Stop-Control-Connection-Request (RFC 2637 §2.3): clears all calls as well. */
export const stopControlConnectionRequest = message({
  code: 3,
  type: "stop-control-connection-request",
  fields: {
    reason: code(STOP_REASON),
    reserved1: reserved(1),
    reserved2: reserved(2),
  },
});

export type StopControlConnectionRequest = MessageOf<typeof stopControlConnectionRequest>;
