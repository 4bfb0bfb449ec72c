import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NOT_BUNDLED } from "../../../deploy/debian/bundle.ts";
import { debianChangelog, wrapped } from "../../../deploy/debian/changelog.ts";
import { copyright } from "../../../deploy/debian/copyright.ts";
import { closure } from "../../../deploy/debian/modules.ts";
import { missingPackages } from "../../../deploy/debian/tools.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FACTS = { version: "0.2.0", maintainer: "A <a@b.example>", built: new Date("2026-11-29T10:00:00Z") };

test("a chapter of CHANGELOG.md is a version of Debian's changelog", () => {
  const markdown = `# Changelog

## Unreleased

Words about it.

- First: it works, and the sentence is longer than a line of that file may be, so
  that it goes on.
- Second.

## 0.1.0 (2026-10-01)

- Begun.
`;
  assert.equal(
    debianChangelog(markdown, FACTS),
    `pacd (0.2.0) unstable; urgency=medium

  * First: it works, and the sentence is longer than a line of that file may be,
    so that it goes on.
  * Second.

 -- A <a@b.example>  Sun, 29 Nov 2026 10:00:00 +0000

pacd (0.1.0) unstable; urgency=medium

  * Begun.

 -- A <a@b.example>  Thu, 01 Oct 2026 12:00:00 +0000
`,
  );
});

test("what is not released yet belongs to the version that is built, which comes first", () => {
  const after = debianChangelog("## 0.1.0 - 2026-10-01\n\n- Old.\n\n## Unreleased\n\n- New.\n", FACTS);
  assert.deepEqual(after.match(/^pacd \(.*?\)/gm), ["pacd (0.2.0)", "pacd (0.1.0)"]);
  const both = debianChangelog("## Unreleased\n\n- New.\n\n## 0.2.0 - 2026-11-29\n\n- Old.\n", FACTS);
  assert.match(both, / Sun, 29 Nov 2026 10:00:00 /);
  assert.equal(both.match(/^pacd \(/gm)?.length, 1);
  assert.match(both, /\* New\.\n {2}\* Old\./);
});

test("a word that is longer than a line has one of its own", () => {
  assert.deepEqual(wrapped("a bb cccccc d", 5), ["a bb", "cccccc", "d"]);
});

test("a package brings the packages that it needs, and not what its build needs", () => {
  const folders = closure(ROOT, NOT_BUNDLED);
  for (const name of ["pino", "sonic-boom", "thread-stream", "@fastify/static", "better-sqlite3"])
    assert.ok(folders.includes(`node_modules/${name}`), name);
  assert.ok(!folders.includes("node_modules/node-addon-api"));
  assert.throws(() => closure(ROOT, ["no-such-package"]), /no-such-package is not in/);
});

test("the copyright file has the licence of every package that goes in", () => {
  const text = copyright(ROOT, [
    "node_modules/fastify",
    "node_modules/prom-client",
    ...closure(ROOT, NOT_BUNDLED),
  ]);
  for (const name of ["fastify", "prom-client", "pino"])
    assert.match(text, new RegExp(`^${name} \\d+\\.\\S+, licence: `, "m"));
  assert.match(text, /common-licenses\/Apache-2\.0/);
});

test("what the build misses is named before it begins, as apt-get takes it", (t) => {
  const path = process.env["PATH"];
  t.after(() => {
    process.env["PATH"] = path;
  });
  const bare = temporaryDirectory(t);
  symlinkSync("/bin/sh", join(bare, "sh"));
  process.env["PATH"] = bare;
  const missing = missingPackages(["amd64", "arm64"]);
  const foreign = process.arch === "x64" ? "aarch64-linux-gnu" : "x86-64-linux-gnu";
  for (const name of ["binutils", "dpkg", "gcc", "git", "libc6-dev", `binutils-${foreign}`, `gcc-${foreign}`])
    assert.ok(missing.includes(name), `${name} in ${missing}`);
  assert.ok(
    !missingPackages([process.arch === "x64" ? "amd64" : "arm64"])
      .join()
      .includes(foreign),
  );
});
