/**
 * Ours: how many packets may be lost in a row before the next one is refused, in stateless mode. Each lost packet costs
 * a key change of 1.2 µs here, so a forged count costs little more than 1 ms of one core. 960 packets are
 * more than a second of full packets at 10 Mbit/s; a longer gap means a link that the user has noticed already.
 *
 * Stateful mode changes the key with every 256th packet only, and has no such limit.
 */
export const MAX_JUMP = 960;

/**
 * Ours: so many refused counts with no accepted packet between them are no accident: keys are out of step for good.
 * A link that lost more than MAX_JUMP packets never comes back by itself, and only a new dial has new keys.
 */
export const MAX_REFUSED_IN_A_ROW = 100;

/** Ours: how many flushed packets of a Linux client in stateful mode may be lost in a row; each has changed its key. */
export const MAX_LOST_FLUSHES = 16;
