import { type Millis, millis, seconds } from "../../wire/units.ts";

/** Limits of our own; none comes from a standard. */

/**
 * The first look comes so long after the start: by then a host without a clock of its own knows the time, and
 * a start has other things to do.
 */
export const FIRST_LOOK: Millis = seconds(600);

export const LOOK_EVERY: Millis = seconds(3600);

/** Records that one transaction forgets at most. */
export const FORGOTTEN_AT_ONCE = 20;

/**
 * So long a transaction may hold the event loop. Twenty take a millisecond or two with a million on record,
 * and many times that where the disk is slow: then fewer are forgotten at once.
 */
export const HELD_AT_MOST: Millis = millis(4);

/** Between two of those, so that log-ins and the records of dials find the database free. */
export const BETWEEN: Millis = millis(20);
