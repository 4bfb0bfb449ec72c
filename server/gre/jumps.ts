/**
 * Ours: a number further beyond the queue than this waits for what comes next. Links seldom lose so many
 * packets in a row, while one forged number would make as many of the client's packets look late. Where
 * nothing is held, nothing can wait.
 */
export const MAX_UNDOUBTED_JUMP = 64;

/**
 * Ours: a number further ahead than this is not believed alone. A client that loses so many packets in a row
 * is no client any more, while one forged number would make all its packets look late.
 */
export const MAX_BELIEVED_JUMP = 10_000;

/** How far ahead a number may be that nobody doubts. */
export const undoubtedJump = (reach: number): number =>
  reach === 0 ? MAX_BELIEVED_JUMP : reach + MAX_UNDOUBTED_JUMP;
