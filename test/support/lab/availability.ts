import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, globSync } from "node:fs";

const PROGRAMS = [
  "linux.uml",
  "pppd",
  "pptp",
  "busybox",
  "perl",
  "ip",
  "nft",
  "ping",
  "tcpdump",
  "tshark",
  "setpriv",
  "unshare",
];
const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * Why the real client can't run here, or undefined where it can. With CI=true that is an error, not a reason
 * to skip.
 */
export function missingForLab(): string | undefined {
  const reason = whatIsMissing();
  if (reason !== undefined && process.env["CI"] === "true")
    throw new Error(`the real client can't run: ${reason}`);
  return reason;
}

function whatIsMissing(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64")
    return "user-mode Linux runs on Linux x86_64 only";
  if (process.getuid?.() !== 0) return "namespaces and user-mode Linux need root";
  const missing = PROGRAMS.filter((name) => !FOLDERS.some((folder) => existsSync(`${folder}/${name}`)));
  if (missing.length > 0)
    return `these programs are missing: ${missing.join(", ")} (npm test installs them with apt-get)`;
  if (globSync("/usr/lib/uml/modules/*").length === 0) return "the modules of user-mode Linux are missing";
  try {
    accessSync("/dev/net/tun", constants.R_OK | constants.W_OK);
  } catch {
    return "/dev/net/tun is missing";
  }
  try {
    execFileSync("unshare", ["--net", "--mount", "--pid", "--fork", "--mount-proc", "true"], {
      stdio: "ignore",
    });
  } catch {
    return "this machine lets root create no namespaces";
  }
  return undefined;
}
