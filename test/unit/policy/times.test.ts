import assert from "node:assert/strict";
import { test } from "node:test";
import { utcTime } from "../../../server/policy/times.ts";
import { fc } from "../../support/fc.ts";

for (const [text, utc] of [
  ["2026-03-01T08:00:00Z", "2026-03-01T08:00:00.000Z"],
  ["2026-03-01T09:00+01:00", "2026-03-01T08:00:00.000Z"],
  ["2026-03-01 09:00:30.5-05:30", "2026-03-01T14:30:30.500Z"],
  ["2026-03-01t08:00:00z", "2026-03-01T08:00:00.000Z"],
  ["2026-03-01T08:00:00.123456789Z", "2026-03-01T08:00:00.123Z"],
  ["2028-02-29T00:00Z", "2028-02-29T00:00:00.000Z"],
  ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
] as const)
  test(`${text} is ${utc}`, () => {
    assert.equal(utcTime(text), utc);
    assert.equal(utcTime(utc), utc);
  });

for (const text of [
  "",
  "now",
  "2026-03-01",
  "2026-03-01T08:00:00",
  "2026-02-30T08:00:00Z",
  "2027-02-29T08:00:00Z",
  "2026-13-01T08:00:00Z",
  "2026-00-01T08:00:00Z",
  "2026-03-00T08:00:00Z",
  "2026-03-01T24:00:00Z",
  "2026-03-01T08:60:00Z",
  "2026-03-01T08:00:60Z",
  "2026-03-01T08:00:00+24:00",
  "2026-03-01T08:00:00+0100",
  "26-03-01T08:00:00Z",
  "+012026-03-01T08:00:00Z",
  "9999-12-31T23:59:59-01:00",
  "0000-01-01T00:00:00+01:00",
  "1772352000000",
  "2026-03-01T08:00:00Z ",
])
  test(`${JSON.stringify(text)} is no time with a zone`, () => assert.equal(utcTime(text), undefined));

test("of two times the earlier one sorts first", () => {
  const time = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(time, time, (a, b) => {
      const [first, second] = [utcTime(a.toISOString())!, utcTime(b.toISOString())!];
      assert.equal(Math.sign(a.getTime() - b.getTime()), first < second ? -1 : first > second ? 1 : 0);
    }),
  );
});
