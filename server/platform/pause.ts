import type { Millis } from "../wire/units.ts";

/** Waits. Unlike a timer of the clock's it keeps the process alive. */
export const pause = (delay: Millis): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay));
