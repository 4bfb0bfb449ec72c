import { type MessageOf, message } from "./declaration.ts";
import { u32 } from "./field.ts";

/** Echo-Request (RFC 2637 §2.5): the keep-alive of the control connection. */
export const echoRequest = message({
  code: 5,
  type: "echo-request",
  fields: {
    /** Comes back in the Echo-Reply. */
    identifier: u32(),
  },
});

export type EchoRequest = MessageOf<typeof echoRequest>;
