import { type Millis, millis } from "../../wire/units.ts";

/** Ours: connections that have not said Start-Request yet; beyond it the oldest is closed for the newest. */
export const MAX_UNSTARTED = 2048;

/**
 * Ours: control connections at once from one address. Room for an office behind NAT, not for a botnet's one
 * host.
 */
export const MAX_PER_ADDRESS = 2048;

/** Ours: a stop waits this long for the clients' Stop-Control-Connection-Replies. */
export const STOP_GRACE: Millis = millis(1500);

/**
 * Ours: control messages that one connection may send at once and, in the long run, a second. A dial takes
 * about five, keep-alive one a minute; MAX_CALLS dials in one burst fit. Measured without a limit: 20
 * connections that repeat one message kept a real client's dial waiting for 28 s.
 */
export const MESSAGE_BURST = 256;
export const MESSAGES_PER_SECOND = 10;

/**
 * Ours: how many connections and dials of one address may come to nothing, at once and in the long run a
 * second. Dials that come up cost nothing, so an office behind NAT is as free as its users are real; a loop
 * of dials would otherwise push real ones out of the record in seconds.
 */
export const FRUITLESS_BURST = 2048;
export const FRUITLESS_PER_SECOND = 10;

/** Ours: addresses of which that is remembered. */
export const MAX_REMEMBERED_ADDRESSES = 8192;
