import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { listText } from "../../../pacctl/print/answer.ts";
import { ago, type Column, momentColumn, shortened } from "../../../pacctl/print/columns.ts";
import { pacctl } from "../../support/pacctl.ts";

const NOW = new Date("2026-03-01T10:00:00.000Z");

interface Thing {
  readonly id: string;
  readonly who: string;
  readonly from: string;
  readonly at: string | null;
}

const COLUMNS: readonly Column<Thing>[] = [
  { key: "id", title: "ID", value: ({ id }) => id, id: true },
  { key: "who", title: "WHO", value: ({ who }) => who },
  { key: "from", title: "FROM", value: ({ from }) => from, whole: true },
  momentColumn("at", "AT", ({ at }) => at, { spare: true }),
  { key: "size", title: "SIZE", value: () => "1.0 KiB", exact: () => 1024, wide: true },
];

const THINGS: readonly Thing[] = [
  { id: "0b9f1c2e-aaaa", who: "anna", from: "203.0.113.7", at: "2026-03-01T09:57:00.000Z" },
  { id: "0b9f1c2e-abbb", who: 'b "the" c,d', from: "198.51.100.211", at: null },
];

const text = (
  format: "table" | "wide" | "csv" | "yaml" | "json" | "name",
  columns?: string[],
  room?: number,
) => listText(THINGS, COLUMNS, {}, { format, columns }, { columns: room, now: NOW });

test("a table has short IDs that tell the rows apart, and moments as seen from now", () => {
  assert.equal(
    text("table"),
    [
      "ID           WHO          FROM            AT",
      "0b9f1c2e-aa  anna         203.0.113.7     3m ago",
      '0b9f1c2e-ab  b "the" c,d  198.51.100.211  -',
      "",
    ].join("\n"),
  );
});

test("a table that is too wide loses what is spare first, then long cells end in …; addresses stay whole", () => {
  assert.equal(
    text("table", undefined, 37),
    [
      "ID           WHO       FROM",
      "0b9f1c2e-aa  anna      203.0.113.7",
      '0b9f1c2e-ab  b "the"…  198.51.100.211',
      "",
    ].join("\n"),
  );
});

test("-o wide has every column in full, moments as the API has them", () => {
  assert.equal(
    text("wide"),
    [
      "ID             WHO          FROM            AT                        SIZE",
      "0b9f1c2e-aaaa  anna         203.0.113.7     2026-03-01T09:57:00.000Z  1024",
      '0b9f1c2e-abbb  b "the" c,d  198.51.100.211  -                         1024',
      "",
    ].join("\n"),
  );
});

test("-o csv is RFC 4180, and empty where there is nothing", () => {
  assert.equal(
    text("csv"),
    [
      "id,who,from,at,size",
      "0b9f1c2e-aaaa,anna,203.0.113.7,2026-03-01T09:57:00.000Z,1024",
      '0b9f1c2e-abbb,"b ""the"" c,d",198.51.100.211,,1024',
      "",
    ].join("\n"),
  );
});

test("-o name prints the first column in full, a line each", () => {
  assert.equal(text("name"), "0b9f1c2e-aaaa\n0b9f1c2e-abbb\n");
});

test("-o json and -o yaml print the same answer", () => {
  assert.deepEqual(JSON.parse(text("json")), { items: THINGS });
  assert.deepEqual(parse(text("yaml")), { items: THINGS });
});

test("--columns chooses, in the order asked for, also columns that a table does not show by itself", () => {
  assert.equal(text("csv", ["size", "who"]).split("\n")[1], "1024,anna");
  assert.equal(text("table", ["size", "who"]).split("\n")[1], "1.0 KiB  anna");
});

test("a column that is not there is wrong usage, and those that are there are named", () => {
  assert.throws(() => text("table", ["nope"]), /no column "nope"; it has id, who, from, at, size\.$/);
});

for (const [iso, words] of [
  [null, "-"],
  ["2026-03-01T10:00:00.400Z", "now"],
  ["2026-03-01T09:59:01.000Z", "59s ago"],
  ["2026-03-01T08:00:01.000Z", "1h ago"],
  ["2026-02-01T10:00:00.000Z", "28d ago"],
  ["2026-03-01T12:30:00.000Z", "in 2h"],
] as const)
  test(`${iso} is "${words}" at ten`, () => assert.equal(ago(iso, NOW), words));

test("as much of an ID is shown as tells it from its neighbours, and at least eight letters", () => {
  assert.deepEqual(shortened(["aaaaaaaaaaX1", "b", "aaaaaaaaaaX2"]), ["aaaaaaaaaaX1", "b", "aaaaaaaaaaX2"]);
  assert.deepEqual(shortened(["aaaaaaaaaa", "bbbbbbbbbbb"]), ["aaaaaaaa", "bbbbbbbb"]);
  assert.deepEqual(shortened(["same-ids-twice", "same-ids-twice"]), ["same-ids", "same-ids"]);
});

for (const argv of [
  ["session", "list", "--json", "-o", "csv"],
  ["session", "list", "-o", "xml"],
  ["session", "list", "-o", "json", "--columns", "id"],
])
  test(`pacctl ${argv.join(" ")} is wrong usage, and asks no server`, async () => {
    const { code } = await pacctl(argv, { fetch: async () => assert.fail("no request expected") });
    assert.equal(code, 2);
  });
