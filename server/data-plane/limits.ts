import { MAX_GRE_HEADER } from "../gre/header.ts";
import { type Millis, millis, type Octets, octets, seconds } from "../wire/units.ts";

/**
 * Ours: how long an acknowledgement waits for a packet that takes it along, after silence. Half of what
 * Windows allows itself (LONE_ACK_AFTER of `gre/transmit.ts`), so that a late timer still keeps within that.
 */
export const ACK_DELAY: Millis = millis(50);

/**
 * Ours: lone acknowledgements of one tunnel are at least so far apart: there is no flow control that waits
 * for them.
 */
export const ACK_SPACING: Millis = millis(100);

/**
 * Ours: packets that are handled in one go before the other port and messages from the main thread get their
 * turn. 64 packets cost about a millisecond, and more of them in one system call would save next to nothing.
 */
export const BATCH = 64;

/**
 * Ours: room for a packet of 1500 octets and all that stands around it. What is longer is cut short, and
 * dropped.
 */
export const PACKET_SLOT: Octets = octets(2048);

/**
 * Ours: GRE packets of all tunnels that are held for an earlier one: 4 MiB. Enough for 64 tunnels that have
 * each lost a packet just now and go on at full speed; further ones do without and lose what comes late.
 */
export const BUFFERED_FRAMES = 2048;

/** What may stand before an inner packet: GRE, FF 03, protocol, MPPE, inner protocol; a multiple of 8. */
export const HEADROOM: Octets = octets(MAX_GRE_HEADER + 16);

/**
 * Ours: the largest PPP frame that `sendControl` takes. No answer to a frame that fits a PACKET_SLOT comes
 * near it.
 */
export const MAX_CONTROL_FRAME: Octets = octets(4000);

/**
 * Ours: control frames that one tunnel may hand to the main thread. A dial takes about 25, a keepalive one in
 * a few seconds; more is a flood, and must not cost others their dial. Measured at 50 a second: 512 half-open
 * dials of one host kept the main thread at its limit.
 */
export const CONTROL_BURST = 64;
export const CONTROL_PER_SECOND = 10;

/** Ours: ICMP errors that we send into the inner network, which RFC 1812 §4.3.2.8 wants limited. */
export const ICMP_BURST = 20;
export const ICMP_PER_SECOND = 100;

/**
 * Ours: what a user with a rate limit may send or receive at once after silence, in time at that rate. TCP
 * finds its rate by sending a window at once and loses nearly all of it to a bucket much smaller than rate
 * times round-trip time; a quarter of a second has room for one across an ocean, and adds 2.5 % to ten
 * seconds.
 */
export const RATE_BURST: Millis = millis(250);

/**
 * Ours: but never less than two full packets. With room for less than one, no full packet would ever pass.
 */
export const MIN_RATE_BURST: Octets = octets(3000);

/**
 * Ours: MPPE cannot tell a wrong key from a right one, but so many packets in a row of which none makes sense
 * can. One sound packet starts the count again, so a forged packet here and there ends no session.
 */
export const MAX_GARBAGE_IN_A_ROW = 100;

/**
 * Ours: stateful MPPE that has lost synchronisation asks for a flushed packet so often, while it lasts.
 * Longer than most round trips, so that one loss costs one request.
 */
export const RESET_SPACING: Millis = millis(200);

/** Ours: a client that has not flushed after so many requests, 10 seconds at least, never will. */
export const MAX_RESETS_IN_A_ROW = 50;

/**
 * Ours: stateful MPPE that decrypts to so much nonsense in a row has lost synchronisation unnoticed: by a
 * forged packet. Fewer may be a protocol that is not supported here.
 */
export const GARBAGE_BEFORE_RESET = 4;

/** Tunnels at once, each with a slot in the counters: as many as there are call IDs. */
export const MAX_TUNNELS = 0x10000;

/** Of several packet loops the one that never pauses, and that counts for those that do. */
export const FIRST_LOOP = 0;

/**
 * Ours: the GRE packets of a second that make a loop busy, and those that leave it quiet. While the first
 * loop is busy, quiet ones pause, which spares each of its packets a copy: measured, a lone tunnel beside
 * idle ones is faster by 5 to 9 %. A thousand idle sessions of one loop come to some 100 a second.
 */
export const BUSY_FROM = 20_000;
export const QUIET_TO = 200;

/** Ours: packets of a paused loop that are forwarded to it within a second before it is resumed. */
export const MAX_FORWARDED = 400;

/**
 * Ours: key changes for missing packets that one tunnel may have made at once, and those that a second gives
 * back: 52 ms of a core, and 7 ms a second. That is the largest loss which can be bridged (MAX_LOST), twice.
 */
export const KEY_CHANGES = 131_072;
export const KEY_CHANGES_PER_SECOND = 16_384;

/** Ours: what a genuine packet gives back: a client that gets one packet in 17 through can go on for ever. */
export const KEY_CHANGES_PER_PACKET = 16;

/**
 * Ours: what jumps above MAX_JUMP leave, so that forged large ones do not keep the client from bridging small
 * ones.
 */
export const KEY_CHANGES_RESERVED = 4096;

/**
 * Ours: packets missing in a row that any link loses now and then. A client that asks for more right after
 * a refusal did so on purpose.
 */
export const SMALL_JUMP = 32;

/**
 * Ours: a tunnel ends that has asked for too much so many times, at least so far apart: 5 seconds of nothing
 * else.
 */
export const OVERDRAFTS = 50;
export const STRIKE_SPACING: Millis = millis(100);

/** Ours: after so long without another one they are forgotten. */
export const OVERDRAFTS_FORGOTTEN: Millis = seconds(60);

/**
 * Ours: frames of one tunnel that are held while its keys are advanced: what a client sends at 100 Mbit/s in
 * 60 ms.
 */
export const BUFFERED_BEHIND_KEYS = 512;

/**
 * Ours: for so long garbage after a doubtful jump ends no session: the client's own packets bring it back
 * before.
 */
export const GARBAGE_GRACE: Millis = seconds(10);

/** Ours: jumps that are further apart than this do not add up to a client that is out of step for good. */
export const JUMP_SPACING: Millis = millis(500);
