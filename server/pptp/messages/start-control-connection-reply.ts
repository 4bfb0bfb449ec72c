import { BEARER, FRAMING } from "./capabilities.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bitSet, code, counted, text, u16, version } from "./field.ts";
import { GENERAL_ERROR } from "./general-error.ts";

/** Result Codes of a Start-Control-Connection-Reply (RFC 2637 §2.2). */
export const START_RESULT = {
  ok: 1,
  generalError: 2,
  alreadyExists: 3,
  notAuthorized: 4,
  badVersion: 5,
} as const;

/** Start-Control-Connection-Reply (RFC 2637 §2.2). */
export const startControlConnectionReply = message({
  code: 2,
  type: "start-control-connection-reply",
  fields: {
    /** The version that the sender speaks. pptp-linux drops a reply in which this is not 0x0100. */
    version: version(),
    result: code(START_RESULT),
    error: code(GENERAL_ERROR),
    framingCapabilities: bitSet(FRAMING),
    bearerCapabilities: bitSet(BEARER),
    /** That this PAC can support. */
    maximumChannels: counted("session"),
    firmwareRevision: u16(),
    hostName: text(64),
    vendorName: text(64),
  },
});

export type StartControlConnectionReply = MessageOf<typeof startControlConnectionReply>;
