import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * A copy of the sources and of the tests of the addon, for one that is built otherwise. Its folder is the
 * caller's to remove.
 */
export function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), "pacd-ut-"));
  for (const folder of ["server", "test/support", "test/unit/platform", "test/unit/crypto/vectors"]) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (file) => !file.endsWith("/build"),
    });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  return copy;
}

/** All that a build without a warning says. */
const ANNOUNCED = /^pacd: Building the native part with \S+ \.\.\.\n/;

/**
 * Builds the addon of a copy with further flags of the C compiler. Status, standard output, and what is on
 * standard error besides the announcement.
 */
export function buildCopy(copy: string, flags: string) {
  const { status, stdout, stderr } = spawnSync("/bin/sh", [join(copy, "server/platform/native/build.sh")], {
    encoding: "utf8",
    env: { ...process.env, CFLAGS: flags },
  });
  assert.match(stderr, ANNOUNCED);
  return [status, stdout, stderr.replace(ANNOUNCED, "")] as const;
}
