import { execFileSync } from "node:child_process";
import { cpus, release } from "node:os";

/** What the figures were taken on, and beside what. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly kernel: string;
  readonly node: string;
  readonly commit: string;
  readonly peers: Readonly<Record<string, string>>;
}

export function machine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model ?? "unknown",
    cores: all.length,
    kernel: release(),
    node: process.version,
    commit: firstLine("git", "describe", "--always", "--dirty"),
    peers: {
      OpenVPN: version("openvpn"),
      "wireguard-go": version("wireguard-go"),
      iperf3: version("iperf3"),
    },
  };
}

const version = (program: string): string =>
  /\d[\d.]+/.exec(firstLine(program, "--version"))?.[0] ?? "unknown";

/** Some of these programs print their version and exit with 1. */
function firstLine(program: string, ...words: readonly string[]): string {
  let said = "";
  try {
    said = execFileSync(program, words, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      cwd: import.meta.dirname,
    });
  } catch (error) {
    said = (error as { stdout?: string }).stdout ?? "";
  }
  return said.split("\n")[0]!.trim() || "unknown";
}
