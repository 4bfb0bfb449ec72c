import { MAX_NAME_LENGTH } from "../server/store/user-rules.ts";
import { type Millis, seconds } from "../server/wire/units.ts";

/** Limits of our own; none comes from a standard. */

/**
 * Octets of a request body. The longest legal one, a user with full lists of hours, networks and
 * destinations, stays below it.
 */
export const MAX_BODY = 64 * 1024;

/**
 * What the requests of one token may cost in a minute; a simple one costs 1. A script that adds a thousand
 * users is not stopped; a loop that ran away cannot take the main thread from logins.
 */
export const TOKEN_BUDGET = 3000;

/** So many budgets are remembered: those who asked last. */
export const BUDGETS = 4000;

/** Octets of a body that cost 1 more. */
export const UNIT_OF_BODY = 16 * 1024;

/** Requests per minute and client address without a token: health checks, /docs, unknown routes. */
export const REQUESTS_WITHOUT_TOKEN = 600;

/**
 * Refused tokens per minute and client address. A valid token is never counted here, nor locked out by these.
 */
export const REFUSED_TOKENS = 20;

/** The window of these limits, in ms. */
export const WINDOW = 60_000;

/** Milliseconds that a client may take to send one whole request. */
export const REQUEST_TIMEOUT: Millis = seconds(30);

/** How long a connection may stay open between two requests. */
export const KEEP_ALIVE: Millis = seconds(72);

/**
 * How long a stop waits for requests under way; then their connections are cut. VPN clients hear goodbye
 * after that.
 */
export const CLOSE_GRACE: Millis = seconds(1);

/**
 * Characters of a path parameter as sent: a name of MAX_NAME_LENGTH characters, each in as many as four
 * pieces of 3 octets, or one of 4, percent-encoded.
 */
export const MAX_PARAMETER = MAX_NAME_LENGTH * 36;

/** Items of a page where the client asks for no number. */
export const DEFAULT_PAGE = 100;

/** Questions about the history that may wait at once; each takes some milliseconds, or seconds. */
export const MAX_QUESTIONS = 32;

/** The thread that reads the history ends when nobody has asked for so long, and gives its memory back. */
export const HISTORY_IDLE: Millis = seconds(60);

/** A list of live sessions shows counters of this age at most, whoever asks. */
export const SNAPSHOT_AGE: Millis = seconds(1);

/** Live sessions that are looked at in one turn of the event loop: a third of a millisecond. */
export const SNAPSHOT_SLICE = 500;

/** Days over which sessions are added up at most. */
export const MAX_TOTAL_DAYS = 4000;

/** Records of a piece of an export. */
export const EXPORT_PIECE = 500;

/** Users of one batch, and octets of its body: some two kilobytes each, which is a long one. */
export const MAX_BATCH = 5000;
export const MAX_BATCH_BODY = 8 * 1024 * 1024;

/** Groups of a document, beside as many users as a batch may have. */
export const MAX_GROUPS = 1000;

/** Rows of a batch that are looked at, then the event loop has its turn: some milliseconds. */
export const ROWS_AT_ONCE = 100;
