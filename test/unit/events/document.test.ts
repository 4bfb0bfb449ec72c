import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EVENT_FIELDS, EVENT_TYPES } from "../../../admin-api/schemas/event.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../../docs/events.md"), "utf8");

/** The chapters of the types, each with the fields of its table. */
const chapters = new Map(
  DOCUMENT.slice(DOCUMENT.indexOf("## Types"))
    .split(/^### /m)
    .slice(1)
    .map((text) => {
      const [title = ""] = text.split("\n");
      return [title, [...text.matchAll(/^\| `(\w+)` \| .+ \|$/gm)].map(([, field]) => field)] as const;
    }),
);

test("docs/events.md has a chapter for every type, and for no other", () => {
  assert.deepEqual([...chapters.keys()], [...EVENT_TYPES]);
});

for (const type of EVENT_TYPES)
  test(`docs/events.md lists the fields of ${type}, and no others`, () => {
    assert.deepEqual(chapters.get(type), Object.keys(EVENT_FIELDS[type]));
  });
