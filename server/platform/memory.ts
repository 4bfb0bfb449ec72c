import { loadAddon } from "./native/addon.ts";

/**
 * Gives back what loading and setting up has left behind in the calling thread: garbage, and the room that it
 * was made in. Holds the thread for some hundredths of a second, so it comes before anybody is served.
 * Without Node's flag `--expose-gc`, as in tests, nothing happens.
 */
export function collectGarbage(): void {
  // Other flavors keep the room for new objects as large as the start has made it.
  globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
}

/**
 * Returns what the C library keeps of freed memory to the kernel, for the whole process. Other threads that
 * allocate meanwhile wait for a millisecond or two.
 */
export function returnFreedMemory(): void {
  loadAddon().trimMemory();
}
