import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** An architecture as Debian calls it. */
export type Architecture = "amd64" | "arm64";

export const ARCHITECTURES: readonly Architecture[] = ["amd64", "arm64"];

interface Machine {
  /** As Node and npm call it. */
  readonly node: "x64" | "arm64";
  /** As the compilers call it. */
  readonly gnu: string;
}

export const MACHINES: Readonly<Record<Architecture, Machine>> = {
  amd64: { node: "x64", gnu: "x86_64-linux-gnu" },
  arm64: { node: "arm64", gnu: "aarch64-linux-gnu" },
};

/** What builds for one architecture, here. */
export interface Toolchain {
  readonly compiler: string;
  readonly strip: string;
}

const isNative = (architecture: Architecture): boolean => MACHINES[architecture].node === process.arch;

/** The programs for an architecture: the host's own, or those that build for another machine. */
export function toolchain(architecture: Architecture): Toolchain {
  const { gnu } = MACHINES[architecture];
  return isNative(architecture)
    ? { compiler: "gcc", strip: "strip" }
    : { compiler: `${gnu}-gcc`, strip: `${gnu}-strip` };
}

/** Debian packages that the build misses on this host, as `apt-get install` takes them. */
export function missingPackages(architectures: readonly Architecture[]): readonly string[] {
  const missing = new Set<string>();
  const want = (there: boolean, ...packages: readonly string[]) => {
    if (!there) for (const name of packages) missing.add(name);
  };
  want(inPath("dpkg-deb"), "dpkg");
  want(inPath("git"), "git");
  for (const architecture of architectures) {
    const { compiler, strip } = toolchain(architecture);
    const { gnu } = MACHINES[architecture];
    if (isNative(architecture)) {
      want(inPath(strip), "binutils");
      want(inPath(compiler) && existsSync("/usr/include/stdio.h"), "gcc", "libc6-dev");
      continue;
    }
    const dashed = gnu.replace("_", "-");
    want(inPath(strip), `binutils-${dashed}`);
    want(inPath(compiler), `gcc-${dashed}`);
    want(existsSync(`/usr/${gnu}/include/stdio.h`), `libc6-dev-${architecture}-cross`);
  }
  return [...missing].sort();
}

const inPath = (program: string): boolean =>
  spawnSync("sh", ["-c", 'command -v "$1" >/dev/null', "sh", program]).status === 0;

/** Runs a program; throws its own words where it fails. Returns what it printed. */
export function ran(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
