import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Wishes } from "../arguments.ts";

const PROGRAMS = ["cc", "ip", "setpriv", "sysctl"];

/** What the benchmarks with other VPNs need besides. */
const FOR_PEERS = ["iperf3", "mount", "nsenter", "openssl", "openvpn", "wg", "wireguard-go"];

/** Why the benchmarks cannot run here, in one sentence; undefined where they can. */
export function missing({ benchmarks }: Wishes): string | undefined {
  if (process.getuid?.() !== 0)
    return "Namespaces, TUN and raw sockets need root: run the benchmarks as root.";
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const programs = benchmarks.some((number) => number === 1 || number === 4)
    ? [...PROGRAMS, ...FOR_PEERS]
    : PROGRAMS;
  const absent = programs.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  if (absent.length > 0)
    return `These programs are missing: ${absent.join(", ")}. On Debian, npm run bench installs them with apt-get.`;
  try {
    accessSync("/dev/net/tun", constants.R_OK | constants.W_OK);
  } catch {
    return "/dev/net/tun is missing: run `modprobe tun`, or give the container the device.";
  }
  if (spawnSync("unshare", ["--net", "true"]).status !== 0)
    return "This machine lets root make no namespaces.";
  return undefined;
}
