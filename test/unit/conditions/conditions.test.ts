import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Conditions } from "../../../server/conditions/conditions.ts";
import { CONDITIONS } from "../../../server/conditions/register.ts";
import { seconds } from "../../../server/wire/units.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function bench() {
  const clock = new VirtualClock();
  const lines: unknown[] = [];
  const line = (level: string) => (fields: object, text: string) => void lines.push([level, fields, text]);
  return { clock, lines, conditions: new Conditions(clock, { warn: line("warn"), info: line("info") }) };
}

test("a condition that is raised again keeps its beginning, and takes the new sentence", async () => {
  const { clock, conditions } = bench();
  const since = clock.date().toISOString();
  conditions.raise("nat-missing", "nft is missing");
  await clock.advance(seconds(5));
  conditions.raise("nat-missing", "the table is missing");
  assert.deepEqual(conditions.all(), [
    {
      code: "nat-missing",
      subject: "",
      since,
      lasts: 5000,
      sentence: "the table is missing",
      ready: false,
    },
  ]);
});

test("only beginning and end are logged", async () => {
  const { clock, lines, conditions } = bench();
  conditions.raise("pool-exhausted", "guests is full", "guests");
  conditions.raise("pool-exhausted", "guests is full", "guests");
  await clock.advance(seconds(2));
  conditions.clear("pool-exhausted", "guests");
  conditions.clear("pool-exhausted", "guests");
  assert.deepEqual(lines, [
    ["warn", { condition: "pool-exhausted", subject: "guests" }, "guests is full"],
    ["info", { condition: "pool-exhausted", subject: "guests", lastedMs: 2000 }, "This is over"],
  ]);
  assert.deepEqual(conditions.all(), []);
});

test("subjects of one code stand for themselves; what has held longest comes first", async () => {
  const { clock, conditions } = bench();
  conditions.raise("pool-exhausted", "a", "guests");
  await clock.advance(seconds(1));
  conditions.raise("records-waiting", "b");
  await clock.advance(seconds(1));
  conditions.raise("pool-exhausted", "c", "staff");
  const shown = () => conditions.all().map(({ code, subject }) => `${code} ${subject}`.trim());
  assert.deepEqual(shown(), ["pool-exhausted guests", "records-waiting", "pool-exhausted staff"]);
  conditions.clear("pool-exhausted", "guests");
  assert.deepEqual(shown(), ["records-waiting", "pool-exhausted staff"]);
});

test("docs/conditions.md explains every condition and no other, and says what /readyz does", () => {
  const text = readFileSync(new URL("../../../docs/conditions.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| (503|ready) \| \S.* \|$/gm)];
  assert.deepEqual(
    rows.map(([, code, readiness]) => [code, readiness === "ready"]).sort(),
    Object.entries(CONDITIONS)
      .map(([code, { ready }]) => [code, ready])
      .sort(),
  );
});

test("a watcher is told of what holds already, and then of each beginning and end once", async () => {
  const { clock, conditions } = bench();
  conditions.raise("records-waiting", "The disk is full.");
  const told: unknown[] = [];
  conditions.watch({
    raised: ({ code, subject, sentence, ready }) => void told.push([code, subject, sentence, ready]),
    cleared: ({ code, subject, lasted }) => void told.push([code, subject, lasted]),
  });
  conditions.raise("records-waiting", "The disk is still full.");
  conditions.raise("pool-overlaps-host", "It lies in 10.0.0.0/8.", "guests");
  await clock.advance(seconds(3));
  conditions.clear("records-waiting");
  conditions.clear("records-waiting");
  assert.deepEqual(told, [
    ["records-waiting", "", "The disk is full.", false],
    ["pool-overlaps-host", "guests", "It lies in 10.0.0.0/8.", true],
    ["records-waiting", "", 3000],
  ]);
});
