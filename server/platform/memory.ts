import { getHeapStatistics } from "node:v8";
import { type Octets, octets } from "../wire/units.ts";
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

/** `collectGarbage`, and what the C library keeps of freed memory goes back to the kernel. */
export function giveMemoryBack(): void {
  collectGarbage();
  loadAddon().trimMemory();
}

/** What the calling thread's JavaScript holds, garbage and free room included. */
export const heapSize = (): Octets => octets(getHeapStatistics().total_heap_size);

/** Milliseconds of CPU time that the calling thread has used. */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
