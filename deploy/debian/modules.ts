import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, normalize, relative } from "node:path";
import { type Architecture, MACHINES, ran } from "./tools.ts";

/** Files that run. Types, maps, sources and manuals of packages are none. */
const KEPT = new Set([".js", ".cjs", ".mjs", ".json", ".node"]);

/** Where swagger-ui has what it reads and serves: all of it. */
const SERVED = "static";

/** Packages that only the build of another needs. */
const BUILD_ONLY = new Set(["node-addon-api"]);

/** Folders of which a running package needs nothing; `browser` is the same code for browsers. */
const LEFT_OUT = new Set([
  ".github",
  "benchmark",
  "benchmarks",
  "browser",
  "deps",
  "docs",
  "example",
  "examples",
  "node_modules", // each package is found and copied by itself
  "scripts",
  "test",
  "tests",
]);

const LICENCE = /^(licen[cs]e|copying|notice)/i;

/** Folders of the packages in `names` and of all that they need at run time, relative to `root`, sorted. */
export function closure(root: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const folder = resolved(root, name, from);
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {} } = manifest(join(root, folder)) as { dependencies?: Record<string, string> };
    for (const dependency of Object.keys(dependencies))
      if (!BUILD_ONLY.has(dependency)) visit(dependency, folder);
  };
  for (const name of names) visit(name, "");
  return [...found].sort();
}

/** As Node looks for it: beside the package that asks, then further up. */
function resolved(root: string, name: string, from: string): string {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/[^/]+(\/[^/]+)?$/, "")) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(root, candidate, "package.json"))) return candidate;
    if (folder === "") throw new Error(`${name} is not in ${join(root, "node_modules")}.`);
  }
}

export const manifest = (folder: string): unknown =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Copies packages into `target` with what runs on `architecture`, and no more. */
export function copyModules(
  root: string,
  folders: readonly string[],
  architecture: Architecture,
  target: string,
): void {
  for (const folder of folders) {
    const commands = commandFiles(join(root, folder));
    cpSync(join(root, folder), join(target, folder), {
      recursive: true,
      filter: (file) => {
        const within = relative(join(root, folder), file);
        if (within === "") return true;
        if (statSync(file).isDirectory()) return !LEFT_OUT.has(basename(file));
        return !commands.has(within) && isNeeded(within, architecture);
      },
    });
  }
}

function isNeeded(file: string, architecture: Architecture): boolean {
  if (basename(file).startsWith(".")) return false; // settings of the developers' tools
  if (dirname(file) === "prebuilds") return file === `prebuilds/linux-${MACHINES[architecture].node}.node`;
  if (LICENCE.test(basename(file))) return dirname(file) === ".";
  return KEPT.has(extname(file)) || dirname(file) === SERVED;
}

/** Programs of a package, which nobody here can call. */
function commandFiles(folder: string): ReadonlySet<string> {
  const { bin = {} } = manifest(folder) as { bin?: string | Record<string, string> };
  return new Set((typeof bin === "string" ? [bin] : Object.values(bin)).map((file) => normalize(file)));
}

/**
 * The folder of the pinned Node for `architecture`, of which npm installs only the host's: another's comes
 * from the registry, and must have the checksum of the lockfile. `use` may read the folder until it
 * returns.
 */
export function withNode<T>(root: string, architecture: Architecture, use: (folder: string) => T): T {
  const name = `node-linux-${MACHINES[architecture].node}`;
  const installed = join(root, "node_modules", name);
  if (existsSync(join(installed, "bin/node"))) return use(installed);
  const temporary = mkdtempSync(join(tmpdir(), "pacd-node-"));
  try {
    const { version, integrity } = locked(root, name);
    const [packed] = JSON.parse(
      ran("npm", ["pack", `${name}@${version}`, "--json", "--pack-destination", temporary], {
        cwd: temporary,
      }),
    ) as { filename: string }[];
    const file = join(temporary, packed!.filename);
    const digest = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
    if (digest !== integrity) throw new Error(`${name}@${version} is not what package-lock.json says.`);
    mkdirSync(join(temporary, "unpacked"));
    ran("tar", ["-xzf", file, "-C", join(temporary, "unpacked"), "--strip-components=1"]);
    return use(join(temporary, "unpacked"));
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function locked(root: string, name: string): { version: string; integrity: string } {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return lock.packages[`node_modules/${name}`];
}
