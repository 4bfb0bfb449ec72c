import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../../pacctl/print/printable.ts";
import { bytes, duration, instant } from "../../../pacctl/print/quantities.ts";
import { facts, table } from "../../../pacctl/print/table.ts";
import { fc } from "../../support/fc.ts";

for (const [count, text] of [
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.0 KiB"],
  [1536, "1.5 KiB"],
  [1024 * 1024 - 1, "1.0 MiB"],
  [20 * 1024 * 1024, "20.0 MiB"],
  [Number.MAX_SAFE_INTEGER, "8.0 PiB"],
] as const) {
  test(`${count} octets are ${text}`, () => assert.equal(bytes(count), text));
}

for (const [seconds, text] of [
  [-5, "0s"],
  [0, "0s"],
  [0.9, "0s"],
  [59, "59s"],
  [60, "1m"],
  [90, "1m 30s"],
  [3600, "1h"],
  [3601, "1h"],
  [7500, "2h 5m"],
  [86_400 * 3 + 3600 * 4, "3d 4h"],
] as const) {
  test(`${seconds} seconds are ${text}`, () => assert.equal(duration(seconds), text));
}

test("an instant loses its milliseconds only", () => {
  assert.equal(instant("2026-03-01T10:00:00.123Z"), "2026-03-01 10:00:00Z");
});

test("whatever a client sent, nothing printable() returns can steer a terminal", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(printable(text)),
    ),
  );
});

test("ordinary text stays as it is", () => {
  for (const text of ["anna", "Jürgen", "日本", "a\\x b", "✓"]) assert.equal(printable(text), text);
});

test("columns are as wide as their widest cell, and lines end without spaces", () => {
  assert.equal(
    table(
      ["A", "B"],
      [
        ["long", ""],
        ["", "x"],
      ],
    ),
    "A     B\nlong\n      x\n",
  );
  // A mark stands on the letter before it.
  assert.equal(table(["A", "B"], [["Rene\u0301", "x"]]), "A     B\nRene\u0301  x\n");
  assert.equal(
    facts([
      ["A", "1"],
      ["Long", "2"],
    ]),
    "A     1\nLong  2\n",
  );
});
