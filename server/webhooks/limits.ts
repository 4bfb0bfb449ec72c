import { type Millis, seconds } from "../wire/units.ts";

/** Limits of our own; none comes from a standard. */

/** How long an answer may take, name, connection and TLS included. */
export const ANSWER_WITHIN: Millis = seconds(10);

/** The wait after a failure: it doubles from the first of these to the last, a fifth more or less. */
export const FIRST_WAIT: Millis = seconds(5);
export const LAST_WAIT: Millis = seconds(3600);

/** One event is tried for so long; then the next one is. */
export const TRIED_FOR: Millis = seconds(24 * 3600);

/** A web hook that has taken nothing for so long is disabled. */
export const DISABLED_AFTER: Millis = seconds(72 * 3600);

/** One that has taken nothing for so long is a condition. */
export const NOTICED_AFTER: Millis = seconds(600);

/**
 * Requests of all web hooks, at once and a second in the long run: what they cost the main thread stays small
 * whatever waits. 1.3 ms each on a host of two slow cores, so that it is a fifteenth of one.
 */
export const AT_ONCE = 50;
export const PER_SECOND = 50;

/** Events that are read at once. */
export const READ_AT_ONCE = 50;

/** How far it is is written after so many events that it does not want. */
export const PASSED_WRITTEN = 100;

/** The next look where the database could not be read. */
export const READ_AGAIN_AFTER: Millis = seconds(5);
