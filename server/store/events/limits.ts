/** Limits of our own; none comes from a standard. */

/** Events that wait for a database that takes none: some three megabytes. */
export const MAX_WAITING_EVENTS = 5000;

/** Events of one transaction: some milliseconds of the event loop. */
export const EVENTS_AT_ONCE = 200;

/** Old events that one transaction forgets, and after how many new ones it is looked for them. */
export const FORGOTTEN_EVENTS = 100;

/** What counts where nobody has said otherwise. */
export const KEEP_EVENTS = 20_000;
