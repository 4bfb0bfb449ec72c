import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CONTROL_FAULTS } from "../../../server/concentrator/records/control-faults.ts";
import { DROP_REASONS } from "../../../server/data-plane/data-plane.ts";

const [, faults, drops] = readFileSync(new URL("../../../docs/counters.md", import.meta.url), "utf8").split(
  /^## /m,
);

/** The first column of a chapter's table. */
const documented = (chapter: string | undefined) =>
  [...(chapter ?? "").matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name!).sort();

test("docs/counters.md explains every control fault and no other", () => {
  assert.deepEqual(documented(faults), [...new Set<string>(CONTROL_FAULTS)].sort());
});

test("docs/counters.md explains every drop reason and no other", () => {
  assert.deepEqual(documented(drops), [...DROP_REASONS].sort());
});
