/**
 * Ours: calls that are kept in mind at once. The one that was silent the longest makes room. A call takes
 * some kilobytes.
 */
export const MAX_CALLS = 4096;

/** Ours: rows of a call's ladder. A dial has about 40; the first ones explain it, the last ones its end. */
export const KEEP_FIRST = 96;
export const KEEP_LAST = 32;

/** Ours: rows of all ladders together; beyond it, each keeps few alone. 300 octets a row, so some 25 MB. */
export const MAX_ROWS = 80_000;

/** The same for rows with all their fields, which take some kilobytes; more rows are kept without. */
export const MAX_ROWS_WITH_FIELDS = 4_000;

/** Ours: what each keeps then. */
export const THIN_FIRST = 24;
export const THIN_LAST = 8;

/** Ours: a call that is over waits so long for what is still on the way, in nanoseconds of the capture. */
export const LINGER = 2e9;

/**
 * Ours: in a file, after a Call-Disconnect-Notify, so long for the end of its control connection. Who looks
 * on gets LINGER.
 */
export const LINGER_AFTER_NOTIFY = 120e9;

/**
 * Ours: a call that is silent for so long is over. Control connections send an Echo-Request after 60 s (RFC
 * 2637 §3.1.4).
 */
export const SILENT_AFTER = 600e9;

/** Ours: how often calls that are over are looked for, in nanoseconds of the capture. */
export const SWEEP_EVERY = 1e9;

/**
 * Ours: users' packets in a row become one row of the ladder; a new one begins after this, in nanoseconds.
 */
export const BURST = 60e9;

/** Ours: GRE that belongs to no call so far: packets held of one flow, and flows. */
export const MAX_FLOW_PACKETS = 32;
export const MAX_FLOWS = 256;

/**
 * Ours: the same where it does not show which directions belong together; and how long others are waited for
 * that may show then, in nanoseconds of the capture.
 */
export const MAX_CONTESTED_PACKETS = 64;
export const FLOW_WAIT = 0.1e9;

/**
 * Ours: faults in one direction of a control connection, with no message between them, after which it is no
 * PPTP.
 */
export const MAX_FAULTS = 3;

/** Ours: octets of a fault that are shown. */
export const MAX_FAULT_SHOWN = 256;

/** Ours: messages of one call that are remembered as its end perhaps, since the capture cut them. */
export const MAX_UNREAD_ENDS = 256;

/** Ours: how far back a sequence number is known to be a copy. */
export const SEEN_REACH = 128;

/** Ours: acknowledged packets that are waited for, since a capture may be out of order. */
export const MAX_UNSEEN = 64;

/** Ours: so many sequence numbers may be missing in a row; more of them are a new beginning, not a loss. */
export const MAX_GAP = 1_000_000;

/**
 * Ours: packets held until the ones before them come, and how long, in nanoseconds. What a network disorders
 * is less.
 */
export const ORDER_REACH = 64;
export const ORDER_WAIT = 1e9;

/** Ours: packets that may be missing in one gap of stateless MPPE; each costs a key change of 1.2 µs. */
export const MAX_FOLLOWED = 65_536;

/**
 * Ours: key changes for missing packets in one direction of a call, and what each packet that makes sense
 * gives back: 5 seconds of a core for nothing, and then a capture that has one packet in 128 is still read to
 * its end. Beyond it packets stay encrypted ("gap").
 */
export const FOLLOWED_IN_ALL = 4_194_304;
export const FOLLOWED_PER_PACKET = 128;

/**
 * Ours: signs by which a dial on the other side of a NAT is known: kept in all, looked at in one call, and
 * how far apart both may be, in nanoseconds.
 */
export const MAX_TWIN_SIGNS = 32_768;
export const TWIN_SIGNS = 12;
export const TWINS_WITHIN = 120e9;

/** Ours: the same where the addresses do not look translated: else it is a dial that was played again. */
export const TWINS_AT_ONCE = 5e9;

/**
 * Ours: a dial is captured at no more places than these. More calls that are the same come from a generator.
 */
export const MAX_TWINS = 4;

/** Ours: segments of the control connection, by sender, of which is known what they held when sent again. */
export const REMEMBERED_SEGMENTS = 16;

/** Ours: frames whose octets are remembered, to see that one is sent again. */
export const REMEMBERED_FRAMES = 16;

/** Ours: findings and ICMP errors of one call that are told. */
export const MAX_FINDINGS = 16;
