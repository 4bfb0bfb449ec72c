import { type Millis, seconds } from "../wire/units.ts";

/** Limits of our own; none comes from a standard. */

/** Failed dials of one name and address with one verdict are told at once, the next ones after this. */
export const FOLD_FOR: Millis = seconds(60);

/** Names and addresses whose failed dials are folded at a time; those beyond are only counted. */
export const MAX_FOLDED = 1000;

/** Events about failed dials, at once and a second in the long run; the others are counted. */
export const FAILED_AT_ONCE = 60;
export const FAILED_PER_SECOND = 0.1;

/**
 * Each start of pacd begins with the next multiple of this: numbers that a kill kept from the disk are not
 * given again.
 */
export const NUMBERS_OF_A_RUN = 1_000_000;
