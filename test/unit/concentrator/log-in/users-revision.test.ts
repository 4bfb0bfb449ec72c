import assert from "node:assert/strict";
import { test } from "node:test";
import { UsersRevision } from "../../../../server/concentrator/log-in/users-revision.ts";

test("each change gives a number that was never there before, and nothing else does", () => {
  const revision = new UsersRevision();
  const before = revision.number;
  assert.equal(revision.number, before);
  revision.changed();
  const first = revision.number;
  revision.changed();
  assert.equal(new Set([before, first, revision.number]).size, 3);
});
