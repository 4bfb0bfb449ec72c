import { type Millis, seconds } from "../../wire/units.ts";

/** Ours: how often it is checked whether the next dial finds an address and room. */
export const POOL_CHECK_EVERY: Millis = seconds(5);

/**
 * Ours: a pool counts as having room again when it had some for this long; a pool that one client left is
 * soon full again.
 */
export const ROOM_AGAIN_AFTER: Millis = seconds(15);
