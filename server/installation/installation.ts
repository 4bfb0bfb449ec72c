import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import pkg from "../../package.json" with { type: "json" };

/** Where things are in an installation of pacd. Every path is absolute. */
export interface Installation {
  readonly kind: "checkout" | "package";
  readonly version: string;
  /** The configuration file where none is named; undefined: the built-in defaults hold. */
  readonly configFile: string | undefined;
  /** Where the state goes where no configuration says so. */
  readonly stateDirectory: string;
  /** A configuration file with every key, its default and a comment. */
  readonly exampleFile: string;
  /** The native addon, loaded by every thread that needs it. */
  readonly addon: string;
  /** What mends a missing or broken addon, as it can be typed. */
  readonly addonRemedy: string;
  /** How the two programs are called, as it can be typed in any folder. */
  readonly commands: { readonly pacd: string; readonly pacctl: string };
  /** The file of a program that runs in a thread of its own, from the URL that it has among the sources. */
  program(source: URL): URL;
}

/** A clone of the repository, in the folder `root`. */
export function checkout(root: string, version: string): Installation {
  return {
    kind: "checkout",
    version,
    configFile: undefined,
    stateDirectory: join(root, "var"),
    exampleFile: join(root, "deploy/pacd.example.toml"),
    addon: join(root, "server/platform/native/build/pacd.node"),
    addonRemedy: `sh ${join(root, "server/platform/native/build.sh")}`,
    commands: { pacd: join(root, "bin/pacd"), pacctl: join(root, "bin/pacctl") },
    program: (source) => source,
  };
}

/** The Debian package. `folder` holds its bundles and the addon; both commands are in the path. */
export function debianPackage(folder: string, version: string): Installation {
  return {
    kind: "package",
    version,
    configFile: "/etc/pacd/pacd.toml",
    stateDirectory: "/var/lib/pacd",
    exampleFile: "/usr/share/doc/pacd/examples/pacd.toml",
    addon: join(folder, "pacd.node"),
    addonRemedy: "apt-get install --reinstall pacd",
    commands: { pacd: "pacd", pacctl: "pacctl" },
    // All bundles lie beside each other, without the folders that their sources are in.
    program: (source) => pathToFileURL(join(folder, `${basename(fileURLToPath(source), ".ts")}.js`)),
  };
}

/** The one that this program belongs to: only bundles are JavaScript. */
export const installation: Installation = import.meta.filename.endsWith(".ts")
  ? checkout(join(import.meta.dirname, "../.."), pkg.version)
  : debianPackage(import.meta.dirname, pkg.version);
