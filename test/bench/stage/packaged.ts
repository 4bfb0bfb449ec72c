import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../../deploy/debian/bundle.ts";
import { installation } from "../../../server/installation/installation.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** What the package's launcher does, on the bundles in $0's folder. */
const LAUNCHER = `#!/bin/sh
set -eu
here=$(dirname -- "$0")
pacd_node=${process.execPath}
pacd_entry=$here/pacd.js
pacd_cache=$here/cache
. ${ROOT}/bin/pacd-flags.sh
. ${ROOT}/bin/run-node.sh
`;

/**
 * A launcher of pacd as the Debian package has it: bundles, beside node_modules. `end` removes it; so does
 * the end of this process.
 */
export async function packagedPacd(): Promise<{ readonly launcher: readonly string[]; end(): void }> {
  const cache = join(ROOT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "packaged-"));
  const end = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", end);
  await bundle(ROOT, folder);
  copyFileSync(installation.addon, join(folder, "pacd.node"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  writeFileSync(join(folder, "launcher"), LAUNCHER, { mode: 0o755 });
  return { launcher: [join(folder, "launcher")], end };
}
