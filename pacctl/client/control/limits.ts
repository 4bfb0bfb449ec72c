import { type Millis, seconds } from "../../../server/wire/units.ts";

// Ours, not the RFC's.

/**
 * Wait for the Start-Reply and for the Call-Reply. RFC 2637 §3.1.4 allows 60 s; nobody who tries a server out
 * waits so long.
 */
export const REPLY_WAIT: Millis = seconds(10);

/** Wait for the answers while we hang up: why is told by then. */
export const CLOSING_WAIT: Millis = seconds(2);
