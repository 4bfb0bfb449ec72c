import { type Millis, seconds } from "../../wire/units.ts";

/** Ours: how often it is checked whether the next dial finds an address and room. */
export const POOL_CHECK_EVERY: Millis = seconds(5);

/**
 * Ours: a pool counts as having room again when it had some for this long; a pool that one client left is
 * soon full again.
 */
export const ROOM_AGAIN_AFTER: Millis = seconds(15);

/**
 * Ours: a pool is nearly empty when no more than this part of what is not reserved is free, and is so no
 * longer when twice as much is.
 */
export const NEARLY_EMPTY = 0.1;
