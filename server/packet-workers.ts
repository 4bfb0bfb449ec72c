import { availableParallelism } from "node:os";
import { dialledAddresses } from "./config/addresses.ts";
import type { Config } from "./config/config-types.ts";
import type { DataPlaneOptions } from "./data-plane/workers/worker-data-plane.ts";
import type { ClientRoutes } from "./platform/client-routes.ts";

/**
 * Ours: packet workers where the operator says nothing. The kernel copies each GRE packet once for each of
 * them, and eight carry more than the line of most hosts does.
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

/** The sentence for a host that allows one worker only: what it means, and what to do. */
export const oneWorker = (wanted: number): string =>
  `One thread carries all packets instead of ${wanted}: the kernel does not share them out for pacd. Most often bpf(2) is forbidden: give pacd CAP_BPF, and a container a seccomp profile that allows bpf. Where one core is enough, set data_plane.workers = 1.`;

/** What the data plane is started with. */
export const dataPlaneOptions = (config: Config, routes: ClientRoutes): DataPlaneOptions => ({
  interface: config.tunnel.interface,
  localAddress: config.tunnel.localAddress,
  mtu: config.tunnel.mtu,
  routes,
  dialled: dialledAddresses(config.pptp.listen),
  reorder: { packets: config.gre.reorderPackets, delay: config.gre.reorderDelay },
  workers: wantedWorkers(config),
  mppe: config.dataPlane.mppe,
});
