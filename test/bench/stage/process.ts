import { readdirSync, readFileSync } from "node:fs";

/** MiB of memory that a process has in use. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line![1]) / 1024;
}

/** In the names of the threads that carry packets; see `launchPacketWorker` of server/data-plane. */
const PACKET_THREADS = "packets";

/** Nanoseconds of a core that the packet threads of a process have had so far. Throws where there is none. */
export function packetThreadTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
  const ours = threads.filter((path) => readFileSync(`${path}/comm`, "utf8").includes(PACKET_THREADS));
  if (ours.length === 0) throw new Error(`no thread of pacd has "${PACKET_THREADS}" in its name`);
  return ours.reduce((sum, path) => sum + threadTime(path), 0);
}

/** Nanoseconds of a core that the main thread of a process has had so far: of all that is not packets. */
export const mainThreadTime = (pid: number): number => threadTime(`/proc/${pid}/task/${pid}`);

/** Of a thread, by its folder below /proc. First of its numbers is time on a core (sched-stats.rst). */
export const threadTime = (path: string): number =>
  Number(readFileSync(`${path}/schedstat`, "utf8").split(" ")[0]);
