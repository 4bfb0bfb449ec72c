import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { TestContext } from "node:test";
import { temporaryDirectory } from "./temporary-store.ts";

/** A file system of four MiB, in a mount namespace of the test's own. Needs root. */
export function smallDisk(t: TestContext): string {
  let directory = "";
  // Registered before the one that removes the directory.
  t.after(() => spawnSync("umount", ["--lazy", directory]));
  directory = temporaryDirectory(t);
  const run = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", directory], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  return directory;
}

/** Takes all the room there is. */
export function fill(file: string): void {
  for (const size of [1 << 20, 1 << 16, 1 << 12])
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: "a" });
      } catch {
        break;
      }
    }
}
