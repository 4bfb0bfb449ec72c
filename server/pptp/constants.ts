import { type CallId, toCallId } from "../wire/call-id.ts";
import { type Millis, type Octets, octets, seconds } from "../wire/units.ts";

// Values of RFC 2637. Limits of our own stand in limits.ts.

/** PPTP Message Type of every message that is defined; 2, Management Message, never was. §1.4. */
export const CONTROL_MESSAGE = 1;

/** Stands in every message so that a lost place in the stream is seen at once. §1.4. */
export const MAGIC_COOKIE = 0x1a2b3c4d;

/** Version 1, revision 0: the only one there ever was. §1.4. */
export const PROTOCOL_VERSION = 0x0100;

/**
 * Length, PPTP Message Type, Magic Cookie, Control Message Type, Reserved0: what all messages begin with. §2.
 */
export const HEADER_LENGTH: Octets = octets(12);

/** After so long without any control message an Echo-Request goes out, in ms. §3.1.4. */
export const PEER_SILENCE: Millis = seconds(60);

/** Wait for the Echo-Reply, in ms. §3.1.4. */
export const ECHO_WAIT: Millis = seconds(60);

/** Framing Capabilities: asynchronous (1) and synchronous (2). §2.1. */
export const ANY_FRAMING = 3;

/** Bearer Capabilities: analog (1) and digital (2). §2.1. */
export const ANY_BEARER = 3;

/** The Call ID where a message must carry one and there is none. */
export const NO_CALL_ID: CallId = toCallId(0);
