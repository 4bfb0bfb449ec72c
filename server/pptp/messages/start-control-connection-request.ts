import { type MessageOf, message } from "./declaration.ts";
import { bits16, reserved, text, u16, u32 } from "./field.ts";

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
    version: bits16(),
    reserved1: reserved(2),
    /** 1 asynchronous, 2 synchronous; a set of bits. */
    framingCapabilities: u32(),
    /** 1 analog, 2 digital; a set of bits. */
    bearerCapabilities: u32(),
    /** Sessions; from a client 0, and "MUST be ignored by the PAC". */
    maximumChannels: u16(),
    firmwareRevision: u16(),
    hostName: text(64),
    vendorName: text(64),
  },
});

export type StartControlConnectionRequest = MessageOf<typeof startControlConnectionRequest>;
