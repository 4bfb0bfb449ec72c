import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/**
 * How much more memory the second half of a run may hold than the first did. Compiled code and the garbage
 * collector's own books move by a few MiB; 16 octets that stay behind with each of a million inputs are more
 * than this.
 */
export const HEAP_SLACK = 12 * 1024 * 1024;

/** Octets that are reachable now: objects, and the memory of typed arrays. */
export function heapInUse(): number {
  for (let round = 0; round < 3; round += 1) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
