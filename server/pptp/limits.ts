import { type Millis, millis } from "../wire/units.ts";

// Limits and choices of our own. Values of RFC 2637 stand in constants.ts.

/**
 * Wait for the Start-Request on a new connection, in ms. RFC 2637 §3.1.4 allows 60 s, but a client that has
 * just connected speaks at once, and each silent stranger holds a socket for as long as this.
 */
export const START_WAIT: Millis = millis(10_000);

/**
 * Wait for the Stop-Reply to our own Stop-Request, in ms. RFC 2637 §3 allows 60 s; nothing is lost when we go
 * earlier, since the request itself has cleared all calls, and a shutdown of the host must not hang on one
 * dead client.
 */
export const STOP_WAIT: Millis = millis(3_000);

/** Calls on one control connection: real clients place one, an access server of the nineties some dozen. */
export const MAX_CALLS = 64;

/**
 * Packet Recv. Window Size in our Outgoing-Call-Reply, in packets: what Windows itself uses. We never hold a
 * packet back for it (decided against flow control, as FreeBSD and Windows did), and clients ignore the
 * value.
 */
export const RECEIVE_WINDOW = 64;

/**
 * Connect Speed in our Outgoing-Call-Reply at most, in bits a second: what clients show as the speed of the
 * line.
 */
export const MAX_CONNECT_SPEED = 100_000_000;
