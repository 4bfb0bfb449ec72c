import { type Millis, millis, type Octets, octets, seconds } from "../../wire/units.ts";

/** Limits of our own; none comes from a standard. */

/**
 * Records that have ended and wait to be written; a day of a small office, minutes of a large one under
 * attack.
 */
export const MAX_WAITING = 20_000;

/** All that waits together, nearly all of it traces: a normal dial's has 4 KiB. */
export const MAX_WAITING_OCTETS: Octets = octets(64 * 1024 * 1024);

/** What a record takes beside its trace, in round figures. */
export const RECORD_OCTETS: Octets = octets(512);

/**
 * In one transaction, so that it holds up the event loop for some five milliseconds: a dial with its trace
 * takes 0.1, a session 0.03.
 */
export const MAX_ATTEMPTS_AT_ONCE = 40;
export const MAX_SESSIONS_AT_ONCE = 100;

/** After a write that failed: the wait doubles from the first of these to the second. */
export const FIRST_RETRY: Millis = millis(25);
export const LAST_RETRY: Millis = seconds(1);

/** A lock that is held for less is no condition: a backup takes one for some milliseconds. */
export const LOCK_NOTICED_AFTER: Millis = seconds(1);

/** How many of the last times of a dial that was refused again and again are kept. */
export const LAST_TIMES = 10;

/**
 * Forgetting so many dials at once costs some ten milliseconds, most of it to find them among ten thousand.
 */
export const MAX_PRUNE_BATCH = 100;

/** Sessions whose loss the log tells one by one when pacd stops; those beyond are only counted. */
export const LOST_NAMED = 100;
