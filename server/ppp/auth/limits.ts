import { type Millis, seconds } from "../../wire/units.ts";

/**
 * Challenges sent before the peer is given up. RFC 1994 §4.1 leaves the number and the waits open: they are
 * those of a Configure-Request.
 */
export const MAX_CHALLENGES = 10;

/**
 * Wait for an Authenticate-Request, about as long as for a Response. The client repeats, not we (RFC 1334
 * §2.1).
 */
export const PAP_WAIT: Millis = seconds(30);

/** Ours: after E=648 a person thinks of a new password, and types it twice. */
export const CHANGE_WAIT: Millis = seconds(120);
