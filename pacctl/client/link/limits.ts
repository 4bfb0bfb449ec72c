import { type Millis, seconds } from "../../../server/wire/units.ts";

// Ours, not the RFCs'.

/**
 * A Challenge or a verdict that does not come is asked for again so often, as long as a Configure-Request is.
 */
export const AUTH_WAIT: Millis = seconds(3);
export const MAX_AUTH_WAITS = 10;

/** Wait for a Terminate-Ack, twice. */
export const TERMINATE_WAIT: Millis = seconds(1);

/** LCP Echo-Request after so much silence in a session, and how many may stay unanswered. */
export const ECHO_INTERVAL: Millis = seconds(15);
export const ECHO_FAILURES = 4;
