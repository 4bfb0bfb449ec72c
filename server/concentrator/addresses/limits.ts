import { type Millis, seconds } from "../../wire/units.ts";

/** Ours: how often pools and sessions are looked at for whether the next dial finds room. */
export const ROOM_LOOK: Millis = seconds(5);

/**
 * Ours: there is room again when none was wanting for this long; a pool that one client left is soon full
 * again.
 */
export const ROOM_FOR_GOOD: Millis = seconds(15);
