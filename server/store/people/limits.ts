import { type Millis, seconds } from "../../wire/units.ts";

// All ours.

/** Named tokens: all of them are in memory, and looked through where one is asked for by its name. */
export const MAX_TOKENS = 1000;

/** Log-ins of one administrator at once: browsers and terminals. The oldest ends for the next. */
export const MAX_LOG_INS = 20;

/** Administrators: each can have so many log-ins in memory. */
export const MAX_ADMINISTRATORS = 200;

/** How long it takes until it is written when a token was used last. */
export const USED_WRITTEN_AFTER: Millis = seconds(60);
