import { type Millis, millis, seconds } from "../../wire/units.ts";

/** Wait for a Response before the Challenge is sent again. RFC 1994 §4.1 leaves the period open; as in RFC 1661 §4.6. */
export const CHALLENGE_WAIT: Millis = seconds(3);

/** Challenges sent before the peer is given up; RFC 1994 §4.1 leaves the number open. */
export const MAX_CHALLENGES = 10;

/** Wait for an Authenticate-Request: as long as for a Response. The client repeats, not we (RFC 1334 §2.1). */
export const PAP_WAIT: Millis = millis(MAX_CHALLENGES * CHALLENGE_WAIT);

/** Ours: after E=648 a person thinks of a new password, and types it twice. */
export const CHANGE_WAIT: Millis = seconds(120);
