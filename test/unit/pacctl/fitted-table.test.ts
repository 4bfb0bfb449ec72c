import assert from "node:assert/strict";
import { test } from "node:test";
import { type Column, fittedTable } from "../../../pacctl/print/columns.ts";
import { facts, width } from "../../../pacctl/print/table.ts";

const NOW = new Date(0);

interface Row {
  readonly user: string;
  readonly verdict: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "client", title: "CLIENT", value: () => "203.0.113.107", whole: true },
  { key: "user", title: "USER", value: ({ user }) => user },
  { key: "up", title: "UP", value: () => "3m 20s", whole: true, spare: true },
  { key: "verdict", title: "VERDICT", value: ({ verdict }) => verdict, last: true },
];

const table = (row: Row, room: number) => fittedTable([row], COLUMNS, room, NOW).split("\n")[1];

test("letters of East Asia take two columns, marks none", () => {
  assert.equal(width("田中さん"), 8);
  assert.equal(width("ｱ한ａ"), 5, "half width, Hangul, full width");
  assert.equal(width("zoe\u0308"), 3);
});

test("a long name is cut before a column is left out", () => {
  const user = "bartholomew.of-the-very-long-name@branch.example.com";
  assert.equal(
    table({ user, verdict: "bad-credentials" }, 70),
    "203.0.113.107  bartholomew.of-the-very-long-…  3m 20s  bad-credentials",
  );
});

test("what a list is read for is cut last, after columns are left out", () => {
  const row = { user: "bartholomew.of-the-very-long-name", verdict: "disconnected-by-administrator" };
  assert.equal(table(row, 60), "203.0.113.107  bartholomew.o…  disconnected-by-administrator");
  assert.equal(table(row, 50), "203.0.113.107  barthol…  disconnected-by-administ…");
});

test("a cut never parts a letter that takes two columns", () => {
  const [cut] = table({ user: "田中さん田中さん", verdict: "disconnected-by-administrator" }, 54)!
    .slice("203.0.113.107  ".length)
    .split(/ {2,}/);
  assert.equal(cut, "田中さ…");
});

test("sentences are parted between words where a terminal says how wide it is", () => {
  const pairs = [["What", "one two three"] as const, ["ID", "x"] as const];
  assert.equal(facts(pairs, 14), "What  one two\n      three\nID    x\n");
  assert.equal(facts(pairs), "What  one two three\nID    x\n");
});
