import { type Millis, millis } from "../../../server/wire/units.ts";

/**
 * Ours: a server that hangs up so long after the call was up, and has answered no LCP request by then, has
 * heard none. One round trip of a satellite and a request sent again.
 */
export const UNHEARD_AFTER: Millis = millis(2000);

/** Ours: so long GRE may come later than TCP that was sent behind it. */
export const LATE_GRE: Millis = millis(200);
