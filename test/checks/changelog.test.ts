import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { changelogFaults, sectionsOf } from "../../deploy/release/changelog.ts";

const ROOT = join(import.meta.dirname, "../..");

test("CHANGELOG.md has a chapter for each version, and what is not released yet under Unreleased", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const sections = sectionsOf(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"));
  assert.deepEqual(changelogFaults(sections, version), []);
});
