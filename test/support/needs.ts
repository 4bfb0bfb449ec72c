import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cgroupMount } from "./debian/cgroup.ts";

export interface Needs {
  readonly root?: boolean;
  /** Names looked up in the path. */
  readonly programs?: readonly string[];
  /** /dev/net/tun. */
  readonly tun?: boolean;
  /** The native addon is built. */
  readonly addon?: boolean;
  /** New network namespaces may be made. */
  readonly namespaces?: boolean;
  /** cgroup2 is mounted, so that a systemd of the test's own can be booted. */
  readonly cgroup2?: boolean;
}

const ADDON = fileURLToPath(new URL("../../server/platform/native/build/pacd.node", import.meta.url));

/**
 * For a test's `skip`: false where everything is there, otherwise the reason. In CI (`CI=true`) a missing
 * need throws instead, since a skipped test proves nothing.
 */
export function needs(wanted: Needs): false | string {
  const reason = missing(wanted);
  if (reason === undefined) return false;
  if (process.env["CI"] === "true") throw new Error(`CI must be able to run this test: ${reason}`);
  return reason;
}

function missing(wanted: Needs): string | undefined {
  if (wanted.root && process.getuid?.() !== 0) return "needs root";
  const program = wanted.programs?.find((name) => !inPath(name));
  if (program !== undefined) return `needs the program ${program}`;
  if (wanted.tun && !existsSync("/dev/net/tun")) return "needs /dev/net/tun";
  if (wanted.addon && !existsSync(ADDON)) return "needs the native addon (server/platform/native/build.sh)";
  if (wanted.namespaces && spawnSync("unshare", ["--net", "true"]).status !== 0) {
    return "needs the right to make network namespaces";
  }
  if (wanted.cgroup2 && cgroupMount() === undefined) return "needs a mounted cgroup2";
  return undefined;
}

const inPath = (program: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((directory) => isExecutable(join(directory, program)));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
