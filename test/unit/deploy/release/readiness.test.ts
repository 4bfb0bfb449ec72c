import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type Clone, demands, isTested, readClone } from "../../../../deploy/release/readiness.ts";
import { temporaryDirectory } from "../../../support/temporary-store.ts";

const READY: Clone = {
  version: "0.2.0",
  lockedVersion: "0.2.0",
  branch: "main",
  commit: "a".repeat(40),
  changed: [],
  tagged: undefined,
  changelog: "# Changelog\n\n## 0.2.0 - 2026-11-29\n\n- A\n",
  lockfile: '{"packages":{}}',
  missing: [],
  npm: "11.19.1",
};

const faults = (changes: Partial<Clone>): string =>
  demands({ ...READY, ...changes })
    .flatMap((demand) => demand.faults)
    .join("\n");

test("a clone that has everything is ready", () => {
  assert.equal(faults({}), "");
  assert.equal(faults({ tagged: READY.commit }), "");
});

test("each thing that is missing is named, with what to do", () => {
  assert.match(faults({ branch: "tls" }), /git switch main/);
  assert.match(faults({ changed: ["M README.md"] }), /Commit or put away: M README\.md/);
  assert.match(faults({ lockedVersion: "0.1.0" }), /package-lock\.json says 0\.1\.0, package\.json 0\.2\.0/);
  assert.match(faults({ tagged: "b".repeat(40) }), /v0\.2\.0 is the tag of another commit/);
  assert.match(faults({ changelog: "## Unreleased\n\n- A\n" }), /1 points under "Unreleased"/);
  assert.match(
    faults({ lockfile: '{"packages":{"node_modules/a":{"version":"1.0.0"}}}' }),
    /npm view a@1\.0\.0/,
  );
  assert.match(faults({ missing: ["gcc-aarch64-linux-gnu"] }), /apt-get install gcc-aarch64-linux-gnu/);
  assert.match(faults({ npm: "9.2.0" }), /npm 10 or later/);
});

test("the tests of another commit, or of none, do not count", (t) => {
  assert.equal(isTested(temporaryDirectory(t), READY.commit), false);
});

test("this clone is read", () => {
  const clone = readClone(join(import.meta.dirname, "../../../.."));
  assert.match(clone.commit, /^[0-9a-f]{40}$/);
  assert.equal(clone.version, clone.lockedVersion);
});
