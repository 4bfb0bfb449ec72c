import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/** Names carry the process that made them, so that a later run can tell what a killed one left behind. */
const PREFIX = "pacd-test-";

let made = 0;

/**
 * Where cgroup2 is mounted: /sys/fs/cgroup, or below it where version 1 is in use as well. Undefined:
 * nowhere.
 */
export function cgroupMount(): string | undefined {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8");
  return /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(mounts)?.[1];
}

/** A new group, which a process enters by its `cgroup.procs`; those of tests that were killed are removed. */
export function makeCgroup(): string {
  const mount = cgroupMount();
  if (mount === undefined) throw new Error("no cgroup2 is mounted here");
  for (const name of readdirSync(mount)) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-\\d+$`).exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) removeCgroup(join(mount, name));
  }
  made += 1;
  const cgroup = join(mount, `${PREFIX}${process.pid}-${made}`);
  mkdirSync(cgroup);
  return cgroup;
}

/** Removes a group that holds no process any more, with those inside. */
export function removeCgroup(cgroup: string): void {
  if (!existsSync(cgroup)) return;
  for (const entry of readdirSync(cgroup, { withFileTypes: true }))
    if (entry.isDirectory()) removeCgroup(join(cgroup, entry.name));
  rmdirSync(cgroup);
}
