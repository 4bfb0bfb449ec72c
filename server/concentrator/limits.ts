import { type Millis, millis, seconds } from "../wire/units.ts";

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
 * Ours: a refused log-in is answered so long after it came, whoever was refused and why. The work takes a
 * millisecond; an unknown name took 5 % less of it than a known one, a right password from a wrong network 10
 * % more than a wrong one.
 */
export const REFUSAL_AFTER: Millis = millis(10);

/** Ours: an address that a user has connected from within this time is one of theirs. */
export const KNOWN_FOR: Millis = seconds(90 * 86_400);

/**
 * Ours: with a delay like this, which the ninth wrong log-in of a user at an address has, the password is
 * looked at more closely: it may be a telephone's, which dials with it for ever. And so many passwords are
 * remembered of each pair.
 */
export const LEARN_FROM: Millis = seconds(40);
export const TAILS_OF_A_PAIR = 4;

/**
 * Ours: lines of log about budgets that begin to refuse, at once and a second in the long run; the others are
 * counted.
 */
export const LOCKOUT_LINES = 20;
export const LOCKOUT_LINES_PER_SECOND = 0.1;

/** Ours: addresses from which wrong log-ins of one user came, as far as they are shown. */
export const ADDRESSES_SHOWN = 20;

/** Ours: a session's limits are looked at again after this long at most; see `session-limits.ts`. */
export const LIMITS_RECHECK: Millis = seconds(3600);

/** Ours: how often pools and sessions are looked at for whether the next dial finds room. */
export const ROOM_LOOK: Millis = seconds(5);

/**
 * Ours: there is room again when none was wanting for this long; a pool that one client left is soon full
 * again.
 */
export const ROOM_FOR_GOOD: Millis = seconds(15);

/**
 * Ours: so often is looked whether somebody has set the wall clock; once for all sessions, and it takes
 * microseconds.
 */
export const CLOCK_LOOK: Millis = seconds(10);

/** Ours: a wall clock that differs from the time that has passed by less was slewed, not set. */
export const CLOCK_STEP: Millis = seconds(1);

/** Ours: sessions that are looked at in one turn when the clock was set; it takes about a millisecond. */
export const LOOKED_AT_ONCE = 200;

/** Ours: users that the list of weak options names. */
export const WEAK_USERS_NAMED = 5;

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

/** Ours: how often the counters of live sessions are written, so that a crash loses no more than this. */
export const PROGRESS_EVERY: Millis = seconds(30);

/** Ours: a stop tries for this long to write the records that wait for a database that takes none. */
export const RECORDS_GRACE: Millis = seconds(3);

/** Ours: connections that have not said Start-Request yet; beyond it the oldest is closed for the newest. */
export const MAX_UNSTARTED = 2048;

/**
 * Ours: control connections at once from one address. Room for an office behind NAT, not for a botnet's one
 * host.
 */
export const MAX_PER_ADDRESS = 2048;

/** Ours: a stop waits this long for the clients' Stop-Control-Connection-Replies. */
export const STOP_GRACE: Millis = millis(1500);

/** Ours: dials that have not come up yet, all clients together; each lives for seconds. */
export const MAX_PENDING_CALLS = 2048;

/**
 * Ours: of these, from one address. An office behind NAT dials at nine together; one host cannot take all
 * places.
 */
export const MAX_PENDING_PER_ADDRESS = 512;

/**
 * Ours: control messages that one connection may send at once and, in the long run, a second. A dial takes
 * about five, keep-alive one a minute; MAX_CALLS dials in one burst fit. Measured without a limit: 20
 * connections that repeat one message kept a real client's dial waiting for 28 s.
 */
export const MESSAGE_BURST = 256;
export const MESSAGES_PER_SECOND = 10;

/**
 * Ours: how many connections and dials of one address may come to nothing, at once and in the long run a
 * second. Dials that come up cost nothing, so an office behind NAT is as free as its users are real; a loop
 * of dials would otherwise push real ones out of the record in seconds.
 */
export const FRUITLESS_BURST = 2048;
export const FRUITLESS_PER_SECOND = 10;

/** Ours: addresses of which that is remembered. */
export const MAX_REMEMBERED_ADDRESSES = 8192;
