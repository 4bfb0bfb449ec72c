import { type Millis, millis, seconds } from "../wire/units.ts";

/**
 * Ours: how often the host is checked. A client whose packets go nowhere for longer is called a fault by its
 * user.
 */
export const CHECK_EVERY: Millis = seconds(2);

/**
 * Ours: whoever asks how things are gets an answer that is no older than this. A scrape of metrics asks a
 * dozen times at once.
 */
export const MAX_AGE: Millis = millis(200);

/** Ours: what is lost again within this time of having been put back counts as a further time in a row. */
export const IN_A_ROW_WITHIN: Millis = seconds(300);

/**
 * Ours: so many times in a row a part is put back without waiting: an administrator who tries out rules loses
 * them more than once.
 */
export const PROMPT_TRIES = 5;

/** Ours: from there on attempts wait, each twice as long as the one before, and this is where that begins. */
export const FIRST_WAIT: Millis = seconds(4);

/** Ours: and this at most, so that a host whose administrator is at work is whole again within a minute. */
export const LONGEST_WAIT: Millis = seconds(60);

/** Ours: the rules of the host's firewall are read at most so often, however often programs change them. */
export const RULES_EVERY: Millis = seconds(5);

/** Ours: those of iptables-legacy are read so often, as nothing tells when they change. */
export const LEGACY_EVERY: Millis = seconds(30);
