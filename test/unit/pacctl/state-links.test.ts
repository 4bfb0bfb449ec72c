import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pacctl } from "../../support/pacctl.ts";

const MAIN = fileURLToPath(new URL("../../../pacctl/main.ts", import.meta.url));

/** A state directory, and the configuration that names it. */
function state(t: { after(task: () => void): void }) {
  const directory = mkdtempSync(join(tmpdir(), "pacd-links-"));
  t.after(() => rmSync(directory, { recursive: true }));
  const config = join(directory, "pacd.toml");
  writeFileSync(config, `[state]\ndirectory = "${directory}"\n`);
  return { directory, config };
}

test("a link where the token is to be is not followed, and what it leads to is not shown", (t) => {
  const { directory, config } = state(t);
  const secret = join(directory, "of-somebody-else");
  writeFileSync(secret, "not-for-pacd");
  symlinkSync(secret, join(directory, "admin-token"));
  const { status, stderr } = spawnSync(process.execPath, [MAIN, "status", "--config", config], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  assert.equal(status, 4, stderr);
  assert.match(stderr, /admin-token cannot be read: it is a link/);
  assert.doesNotMatch(stderr, /not-for-pacd/);
});

test("every file of a state directory is read as one that may be no link", async () => {
  const read: string[] = [];
  const { code } = await pacctl(["status"], {
    env: {},
    fetch: () => assert.fail("nobody is asked without a token"),
    readStateFile: async (path) => {
      read.push(basename(path));
      throw Object.assign(new Error("none"), { code: "ENOENT" });
    },
  });
  assert.deepEqual([code, [...new Set(read)]], [4, ["admin-api.json", "admin-token"]]);
});
