/** Lets the event loop serve sockets and timers, then goes on: for long work cut into pieces. Not a wait. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
