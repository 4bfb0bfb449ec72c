import type { Keepalive } from "../../../server/ppp/link-common/keepalive.ts";
import { type Millis, seconds } from "../../../server/wire/units.ts";

// Ours, not the RFCs'.

/**
 * A Challenge or an answer that does not come is asked for again so often, as long as a Configure-Request is.
 */
export const AUTH_WAIT: Millis = seconds(3);
export const MAX_AUTH_WAITS = 10;

/** LCP Echo-Request after so much silence in a session, and how many may stay unanswered. */
export const KEEPALIVE: Keepalive = { interval: seconds(15), failures: 4 };
