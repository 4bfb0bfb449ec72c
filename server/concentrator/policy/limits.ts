import { type Millis, seconds } from "../../wire/units.ts";

/** Ours: a session's limits are checked again after this long at most; see `session-limits.ts`. */
export const LIMITS_RECHECK: Millis = seconds(3600);

/**
 * Ours: how often it is checked whether somebody has set the wall clock; once for all sessions, and it takes
 * microseconds.
 */
export const CLOCK_CHECK_EVERY: Millis = seconds(10);

/** Ours: a wall clock that differs from the time that has passed by less was slewed, not set. */
export const CLOCK_STEP: Millis = seconds(1);

/** Ours: sessions that are checked in one turn when the clock was set; it takes about a millisecond. */
export const CHECKED_AT_ONCE = 200;

/**
 * Ours: members of a changed group whose calls are looked at in one turn; some milliseconds where all of them
 * end.
 */
export const MEMBERS_AT_ONCE = 10;
