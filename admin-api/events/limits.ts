import { type Millis, seconds } from "../../server/wire/units.ts";

/** Limits of our own; none comes from a standard. */

/** Streams at once, of one token and of all. */
export const STREAMS_PER_TOKEN = 10;
export const MAX_STREAMS = 100;

/** A comment goes out after so long. */
export const HEARTBEAT: Millis = seconds(10);

/** What a client is told to wait for before it comes back, in milliseconds. */
export const COME_BACK_AFTER = 2000;

/** Octets that wait for a reader at most: some hundreds of events. */
export const MAX_BEHIND = 256 * 1024;

/** Events that are read at once when what was missed is sent. */
export const REPLAYED_AT_ONCE = 200;
