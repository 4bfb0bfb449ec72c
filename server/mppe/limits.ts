/**
 * Ours: how far ahead a count may be that nothing else speaks for, in stateless mode. Each lost packet costs
 * a key change (0.4 µs in the addon, 1.2 in TypeScript), and a forged one little more than 1 ms of a core;
 * how many may be forged is the budget's. Some clients lose packets between MPPE and GRE, where no sequence
 * number tells of it.
 *
 * Stateful mode changes the key with every 256th packet only, and has no such limit.
 */
export const MAX_JUMP = 960;

/**
 * Ours: how many packets may be lost in a row where GRE's sequence numbers say that so many are missing. That
 * is two thirds of a second of full packets at 1 Gbit/s, as a busy machine may lose them, and costs up to 30
 * ms; a tunnel that could not follow would be out of step for good.
 */
export const MAX_LOST = 0xffff;

/**
 * Ours: stateless, more key changes than this before one packet are made in slices, so that no other tunnel
 * waits for them. So many take 0.8 ms in the addon.
 */
export const FAR = 2048;

/**
 * Ours: so many refused counts with no accepted packet between them are no accident: keys are out of step for
 * good. A link that lost more packets than that never comes back by itself, and only a new dial has new keys.
 */
export const MAX_REFUSED_IN_A_ROW = 100;

/**
 * Ours: how many flushed packets of a Linux client in stateful mode may be lost in a row; each has changed
 * its key.
 */
export const MAX_LOST_FLUSHES = 16;
