import { type Millis, seconds } from "../../wire/units.ts";

// All ours, not the RFCs'.

/**
 * Wait for a Terminate-Ack, twice (Max-Terminate). Shorter than the 3 s of RFC 1661 §4.6: GRE round trips are
 * far below, and an administrator waits for this.
 */
export const TERMINATE_WAIT: Millis = seconds(1);

/** Protocol-Rejects a link sends; after so many a peer has had its answer. */
export const MAX_PROTOCOL_REJECTS = 16;
