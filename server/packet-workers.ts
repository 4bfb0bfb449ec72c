import { availableParallelism } from "node:os";
import type { Config } from "./config/config-types.ts";

/**
 * Ours: packet workers where the operator says nothing. The kernel copies each GRE packet once for each of them, and eight
 * carry more than the line of most hosts does.
 */
const MOST_BY_DEFAULT = 8;

/** How many threads shall carry packets. `cores`: those that pacd may use. */
export const wantedWorkers = (
  { dataPlane }: Pick<Config, "dataPlane">,
  cores = availableParallelism(),
): number => (dataPlane.workers > 0 ? dataPlane.workers : Math.min(cores, MOST_BY_DEFAULT));

/** For the operator, where fewer run than are wanted. */
export const workerNotes = (wanted: number, running: number): readonly string[] =>
  running < wanted ? [oneWorker(wanted)] : [];

/** The sentence for a host that allows one worker only. */
export const oneWorker = (wanted: number): string =>
  `One thread carries all packets instead of ${wanted}: this kernel does not let pacd share them out (eBPF for the queues of a TUN). Clients are served; all of them together get what one core can carry. data_plane.workers = 1 says that this is meant.`;
