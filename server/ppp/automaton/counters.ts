import { type Millis, seconds } from "../../wire/units.ts";

/**
 * Restart timer of Configure- and Terminate-Requests (RFC 1661 §4.6); the first waits are shorter, see
 * `backoff.ts`.
 */
export const RESTART: Millis = seconds(3);

/** Terminate-Requests sent without a Terminate-Ack before the peer is given up. RFC 1661 §4.6. */
export const MAX_TERMINATE = 2;

/** Configure-Requests sent without a valid answer before the peer is given up. RFC 1661 §4.6. */
export const MAX_CONFIGURE = 10;

/** Configure-Naks without a Configure-Ack in between before convergence is given up. RFC 1661 §4.6. */
export const MAX_FAILURE = 5;
