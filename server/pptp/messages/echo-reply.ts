import { type MessageOf, message } from "./declaration.ts";
import { code, reserved, u32 } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of an Echo-Reply (RFC 2637 §2.6). */
export const ECHO_RESULT = { ok: 1, generalError: 2 } as const;

/** Echo-Reply (RFC 2637 §2.6). */
export const echoReply = message({
  code: 6,
  type: "echo-reply",
  fields: {
    /** As in the Echo-Request. */
    identifier: u32(),
    result: code(ECHO_RESULT),
    error: code(GENERAL_ERROR),
    reserved1: reserved(2),
  },
});

export type EchoReply = MessageOf<typeof echoReply>;
