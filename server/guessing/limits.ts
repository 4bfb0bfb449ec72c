import { type Millis, seconds } from "../wire/units.ts";

// All ours.

/** How a budget counts wrong log-ins. */
export interface Rule {
  /** So many count and cost nothing. */
  readonly free: number;
  /** The delay after the next one. */
  readonly first: Millis;
  /** It doubles with every so many more. */
  readonly doubledBy: number;
  /** The delay grows to this, and no further. */
  readonly longest: Millis;
  /** One is forgiven each so long. */
  readonly forgiven: Millis;
  /** More than so many do not count: so long does it take at most until all are forgiven. */
  readonly most: number;
}

/**
 * One user from one address. Five are what a person needs who mistypes a password; whoever goes on has about
 * four guesses an hour in the long run, in place of 180,000.
 */
export const PAIR: Rule = {
  free: 5,
  first: seconds(5),
  doubledBy: 1,
  longest: seconds(900),
  forgiven: seconds(900),
  most: 15,
};

/**
 * The longest delay of a user at an address that the user has connected from before: behind it sits the user,
 * and maybe a telephone that dials with a wrong password for ever.
 */
export const LONGEST_WHERE_KNOWN: Millis = seconds(120);

/**
 * One user over all addresses. Its delay is what an address has to wait that the user never connected from.
 */
export const USER: Rule = {
  free: 20,
  first: seconds(10),
  doubledBy: 5,
  longest: seconds(120),
  forgiven: seconds(180),
  most: 41,
};

/**
 * One address over all users: names are tried there, or an office mistypes on a Monday. One guess a minute in
 * the long run. Users who have connected from there before pass.
 */
export const ADDRESS: Rule = {
  free: 30,
  first: seconds(2),
  doubledBy: 1,
  longest: seconds(60),
  forgiven: seconds(60),
  most: 150,
};

/** The 256 addresses around it, for whoever goes from one to the next. */
export const NETWORK: Rule = {
  free: 120,
  first: seconds(1),
  doubledBy: 1,
  longest: seconds(15),
  forgiven: seconds(15),
  most: 150,
};

/**
 * With so many at one address, users who have connected from there before have to wait as well, each this
 * long, once for each wrong log-in of their own: somebody in that office tries the names of all others.
 */
export const ADDRESS_EXHAUSTED = 120;
export const WAIT_WHERE_EXHAUSTED: Millis = seconds(30);

/** Whoever has waited as told, and comes within this time, is judged. */
export const WAITED_COUNTS_FOR: Millis = seconds(1800);

/**
 * Entries that are remembered, of each kind twice: those that cost somebody something are never pushed out by
 * those that do not yet. An entry takes about 300 octets.
 */
export const MAX_PAIRS = 8192;
export const MAX_USERS = 16_384;
export const MAX_ADDRESSES = 8192;
/** Of names that no user has, from which nothing follows but that they look like the others. */
export const MAX_UNKNOWN = 4096;

/** Pairs of user and address that came up since the start; others are looked up in the database. */
export const MAX_KNOWN = 16_384;
