import { type Millis, seconds } from "../../wire/units.ts";

/** Ours: how often the counters of live sessions are written, so that a crash loses no more than this. */
export const PROGRESS_EVERY: Millis = seconds(30);

/** Ours: a stop tries for this long to write the records that wait for a database that takes none. */
export const RECORDS_GRACE: Millis = seconds(3);
