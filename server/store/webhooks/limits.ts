import { type Millis, millis, seconds } from "../../wire/units.ts";

/** Limits of our own; none comes from a standard. */

/** Web hooks: each may have one request under way, and is in memory. */
export const MAX_WEBHOOKS = 32;

/** Deliveries of one web hook that are kept, the latest. */
export const KEEP_DELIVERIES = 500;

/** It is looked for older ones each time so many were written. */
export const TRIMMED_AFTER = 50;

/** What deliveries change is written together after this: at most so much is delivered again after a kill. */
export const WRITTEN_AFTER: Millis = millis(250);

/** The next try where the database took nothing. */
export const WRITTEN_AGAIN_AFTER: Millis = seconds(2);

/** Deliveries that wait for a database which takes none; of more the oldest are left out of the list. */
export const MAX_WAITING_DELIVERIES = 1000;
