import { BEARER, FRAMING } from "./capabilities.ts";
import { type MessageOf, message } from "./declaration.ts";
import { bitSet, counted, reserved, text, u16, version } from "./field.ts";

/**
 * Start-Control-Connection-Request (RFC 2637 §2.1): the first message on every connection.
 *
 * Nothing but the version is ever judged: Windows leaves the host name empty, RouterOS claims no bearer at
 * all.
 */
export const startControlConnectionRequest = message({
  code: 1,
  type: "start-control-connection-request",
  fields: {
    /** Version in the high octet, revision in the low one. */
    version: version(),
    reserved1: reserved(2),
    framingCapabilities: bitSet(FRAMING),
    bearerCapabilities: bitSet(BEARER),
    /** From a client 0, and "MUST be ignored by the PAC". */
    maximumChannels: counted("session"),
    firmwareRevision: u16(),
    hostName: text(64),
    vendorName: text(64),
  },
});

export type StartControlConnectionRequest = MessageOf<typeof startControlConnectionRequest>;
