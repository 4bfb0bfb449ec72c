import { type MessageOf, message } from "./declaration.ts";
import { code, reserved } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of a Stop-Control-Connection-Reply (RFC 2637 §2.4). */
export const STOP_RESULT = { ok: 1, generalError: 2 } as const;

/** Stop-Control-Connection-Reply (RFC 2637 §2.4). */
export const stopControlConnectionReply = message({
  code: 4,
  type: "stop-control-connection-reply",
  fields: {
    result: code(STOP_RESULT),
    error: code(GENERAL_ERROR),
    reserved1: reserved(2),
  },
});

export type StopControlConnectionReply = MessageOf<typeof stopControlConnectionReply>;
