import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Architecture } from "../../../deploy/debian/tools.ts";
import { run } from "../lab/processes.ts";

const BUILD = fileURLToPath(new URL("../../../deploy/debian/build.ts", import.meta.url));

/**
 * Debian packages that `apt install ./pacd_*.deb` fetches on a minimal root; without network they must be
 * there.
 */
export const NEEDED_BY_PACD = ["init-system-helpers", "libstdc++6", "nftables"] as const;

/** Packages of pacd in a folder of the test's own. */
export class BuiltPackage {
  readonly folder: string;
  readonly #architecture: Architecture;

  private constructor(folder: string, architecture: Architecture) {
    this.folder = folder;
    this.#architecture = architecture;
  }

  /** Builds the package of this version; `compressed` as it is given to others, which takes a minute more. */
  static async build(
    options: { readonly architecture?: Architecture; readonly compressed?: boolean } = {},
  ): Promise<BuiltPackage> {
    const { architecture = "amd64", compressed = false } = options;
    const built = new BuiltPackage(mkdtempSync(join(tmpdir(), "pacd-package-test-")), architecture);
    const how = compressed ? [] : ["--quick"];
    await run(process.execPath, BUILD, architecture, "--into", built.folder, "--version", CURRENT, ...how);
    return built;
  }

  /** The file of a version, as it is called in `folder`. */
  name(version: string = CURRENT): string {
    return `pacd_${version}_${this.#architecture}.deb`;
  }

  /**
   * The same package under another version, and with what `change`, a shell script, does to its unpacked
   * tree.
   */
  async repack(version: string, change = ":"): Promise<void> {
    const script = `
      dpkg-deb -R "$1" "$2"
      sed -i "s/^Version: .*/Version: $3/" "$2/DEBIAN/control"
      cd "$2" && ${change} && cd / &&
      dpkg-deb --root-owner-group -Znone -b "$2" "$4" && rm -r "$2"`;
    const [from, to] = [this.name(), this.name(version)].map((name) => join(this.folder, name));
    await run("sh", "-ec", script, "sh", from!, join(this.folder, "tree"), version, to!);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The version that the tests call this one. */
export const CURRENT = "1.0.0";
