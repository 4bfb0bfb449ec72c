import { type Millis, millis, seconds } from "../../wire/units.ts";

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
