import { readdirSync, readFileSync } from "node:fs";

/** MiB of memory that a process has in use. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line![1]) / 1024;
}

/** Begins the names of the threads that carry packets. The kernel keeps 15 characters. */
const PACKET_THREADS = "pacd-packets";

/** Nanoseconds of a core that the packet threads of a process have had so far. Throws where there is none. */
export function packetThreadTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
  const ours = threads.filter((path) => readFileSync(`${path}/comm`, "utf8").startsWith(PACKET_THREADS));
  if (ours.length === 0) throw new Error(`no thread of pacd is named ${PACKET_THREADS}…`);
  return ours.reduce((sum, path) => sum + threadTime(path), 0);
}

/** Of a thread, by its folder below /proc. First of its numbers is time on a core (sched-stats.rst). */
export const threadTime = (path: string): number =>
  Number(readFileSync(`${path}/schedstat`, "utf8").split(" ")[0]);
