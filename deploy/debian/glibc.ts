import { ran } from "./tools.ts";

/**
 * The oldest libraries that the package runs with, as its control file demands them. Debian 12 has 2.36
 * and 12.2, Ubuntu 24.04 2.39 and 14; a test in `test/package/` fails where a program needs more than is
 * demanded.
 */
export const LIBRARIES = { GLIBC: "2.34", GLIBCXX: "3.4.30", CXXABI: "1.3.13", GCC: "3.4" } as const;

type Symbols = keyof typeof LIBRARIES;

/** The Debian packages that have these versions; libstdc++6 has GLIBCXX_3.4.30 since GCC 12. */
export const LIBRARY_PACKAGES = ["libc6 (>= 2.34)", "libgcc-s1 (>= 3.4)", "libstdc++6 (>= 12)"] as const;

/** Versions of symbols that an ELF file wants and that are newer than LIBRARIES, for example "GLIBC_2.38". */
export function tooNew(file: string): readonly string[] {
  const wanted = ran("readelf", ["--version-info", "--wide", file]).matchAll(/Name: ([A-Z]+)_([0-9.]+)/g);
  const found = new Set<string>();
  for (const [, name, version] of wanted) {
    const limit = LIBRARIES[name as Symbols];
    if (limit === undefined || newer(version!, limit)) found.add(`${name}_${version}`);
  }
  return [...found].sort();
}

function newer(version: string, limit: string): boolean {
  const [mine, other] = [version, limit].map((text) => text.split(".").map(Number)) as [number[], number[]];
  for (const [at, number] of mine.entries()) {
    const difference = number - (other[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
