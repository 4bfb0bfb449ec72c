import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { needs } from "../../support/needs.ts";

const skip = needs({ programs: ["cc"] });
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A copy of the sources in a tree like ours, so that the addon other tests have loaded is left alone. */
const copy = mkdtempSync(join(tmpdir(), "pacd-ut-"));
after(() => rmSync(copy, { recursive: true }));
const native = join(copy, "server/platform/native");
const output = join(native, "build/pacd.node");
mkdirSync(join(copy, "server/platform"), { recursive: true });
cpSync(join(root, "server/platform/native"), native, {
  recursive: true,
  filter: (file) => !file.endsWith("/build"),
});
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

const build = (args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync("/bin/sh", [join(native, "build.sh"), ...args], { encoding: "utf8", env });

test("without a compiler one sentence says which package brings it", () => {
  const bin = join(copy, "bin");
  mkdirSync(bin);
  for (const tool of ["dirname", "find", "uname", "mktemp", "rm", "mkdir"]) {
    const found = spawnSync("/bin/sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
    symlinkSync(found, join(bin, tool));
  }
  const { status, stderr } = build([], { PATH: bin });
  assert.equal(status, 1);
  assert.equal(
    stderr,
    "pacd: a C compiler is needed to build the native addon: run `apt-get install gcc libc6-dev`.\n",
  );
});

test("the addon builds without a warning and leaves nothing else behind", { skip }, () => {
  const { status, stdout, stderr } = build();
  assert.deepEqual([status, stdout], [0, ""]);
  assert.match(stderr, /^pacd: Building the native part with \S+ \.\.\.\n$/);
  assert.deepEqual(readdirSync(join(native, "build")), ["pacd.node"]);
});

test("it is built again only when a source is newer, or by force", { skip }, () => {
  const made = () => statSync(output).ino;
  const first = made();
  build();
  assert.equal(made(), first);
  build(["--force"]);
  const forced = made();
  assert.notEqual(forced, first);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(native, "tun-open.c"), later, later);
  build();
  assert.notEqual(made(), forced);
});

test("a source that does not compile leaves the addon that was there", { skip }, () => {
  const before = statSync(output).ino;
  const { status, stderr } = build(["--force"], { ...process.env, CFLAGS: "-include nonsense.h" });
  assert.equal(status, 1);
  assert.match(stderr, /pacd: the native addon does not compile with /);
  assert.equal(statSync(output).ino, before);
  assert.deepEqual(readdirSync(join(native, "build")), ["pacd.node"]);
});

test("missing headers name the command that brings them", { skip }, () => {
  rmSync(join(copy, "node_modules"));
  const { status, stderr } = build(["--force"]);
  assert.equal(status, 1);
  assert.match(stderr, /^pacd: the headers of the pinned Node are missing: run `npm ci` in /);
});
