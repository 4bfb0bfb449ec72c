import { type Millis, millis, seconds } from "../../wire/units.ts";

/**
 * Ours: no GRE packet for this long after the call reply means that somebody blocks GRE. The commonest fault
 * of all.
 */
export const GRE_BLOCKED_AFTER: Millis = seconds(10);

/**
 * Ours: authentications that one link may go through: LCP negotiated anew, and a changed password, take one
 * each.
 */
export const CHALLENGES = 4;

/**
 * Ours: after the client's Terminate-Request, its Call-Clear-Request gets this long before we hang up
 * ourselves.
 */
export const CALL_CLEAR_GRACE: Millis = seconds(2);

/** Ours: keep-alive inside the tunnel. 20 s and 3 misses notice a client that vanished within 80 s. */
export const ECHO_INTERVAL: Millis = seconds(20);
export const ECHO_FAILURES = 3;

/**
 * Ours: keep-alives are late by up to this, and go out together: 2,000 sessions wake each thread four times a
 * second in place of a hundred times.
 */
export const KEEPALIVE_TICK: Millis = millis(250);

/**
 * Ours: a session that keeps another dial out is asked so often whether it is there, and has this long to
 * answer each time: six seconds, in which pppd repeats its Response twice, and a client on a poor radio link
 * answers.
 */
export const ALIVE_TRIES = 3;
export const ALIVE_AFTER: Millis = seconds(2);

/**
 * Ours: all sessions are asked at most so often; without a bound each dial at a full server would send
 * thousands of packets.
 */
export const DEAD_SESSIONS_EVERY: Millis = seconds(10);

/** Ours: dials that have not come up yet, all clients together; each lives for seconds. */
export const MAX_PENDING_CALLS = 2048;

/**
 * Ours: of these, from one address. An office behind NAT dials at nine together; one host cannot take all
 * places.
 */
export const MAX_PENDING_PER_ADDRESS = 512;
