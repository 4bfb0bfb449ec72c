import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOfTime } from "../../../pacctl/options/length-of-time.ts";
import { moment } from "../../../pacctl/options/moment.ts";
import { rate } from "../../../pacctl/options/rate.ts";
import { bitRate, duration, localTime } from "../../../pacctl/print/quantities.ts";
import { fc } from "../../support/fc.ts";

// A zone with summer time, so that a moment taken for UTC is found.
process.env["TZ"] = "Europe/Berlin";

const NOW = new Date("2026-03-01T10:00:00.000Z");

for (const [text, seconds] of [
  ["8h", 28_800],
  ["30m", 1800],
  ["90s", 90],
  ["1h30m", 5400],
  ["2d", 172_800],
  ["0s", 0],
] as const) {
  test(`${text} are ${seconds} seconds`, () => assert.equal(lengthOfTime(text), seconds));
}

for (const text of ["", "8", "h", "8 h", "8H", "1h30", "-5m", "1.5h", "8hours", "never"]) {
  test(`${JSON.stringify(text)} is no length of time`, () => {
    assert.throws(() => lengthOfTime(text), /like 8h/);
  });
}

test("a length of time that was set is shown whole", () => {
  for (const text of ["8h", "1h 30m", "1d 2h 3m 4s", "90s"]) {
    const seconds = lengthOfTime(text.replaceAll(" ", ""));
    assert.equal(lengthOfTime(duration(seconds, 4).replaceAll(" ", "")), seconds);
  }
});

for (const [text, bits, shown] of [
  ["10M", 10_000_000, "10 Mbit/s"],
  ["10m", 10_000_000, "10 Mbit/s"],
  ["512k", 512_000, "512 kbit/s"],
  ["1.5M", 1_500_000, "1.5 Mbit/s"],
  ["1.1G", 1_100_000_000, "1.1 Gbit/s"],
  ["64000", 64_000, "64 kbit/s"],
  ["8001", 8001, "8.001 kbit/s"],
  ["999", 999, "999 bit/s"],
] as const) {
  test(`${text} are ${bits} bits a second, shown as ${shown}`, () => {
    assert.equal(rate(text), bits);
    assert.equal(bitRate(bits), shown);
  });
}

for (const text of ["", "M", "10 M", "10Mbit", "-1k", "1.5", "0.0001k", "1e6", "10,5M"]) {
  test(`${JSON.stringify(text)} is no rate`, () => assert.throws(() => rate(text), /like 10M/));
}

for (const [text, utc] of [
  ["2027-01-01", "2026-12-31T23:00:00.000Z"],
  ["2027-07-01", "2027-06-30T22:00:00.000Z"],
  ["2027-01-01T08:00", "2027-01-01T07:00:00.000Z"],
  ["2027-01-01 08:00", "2027-01-01T07:00:00.000Z"],
  ["2027-01-01T08:00:30", "2027-01-01T07:00:30.000Z"],
  ["2027-01-01T08:00:00Z", "2027-01-01T08:00:00.000Z"],
  ["2027-01-01T08:00:00.123z", "2027-01-01T08:00:00.123Z"],
  ["2027-01-01T08:00-05:00", "2027-01-01T13:00:00.000Z"],
  ["2028-02-29", "2028-02-28T23:00:00.000Z"],
  ["now", "2026-03-01T10:00:00.000Z"],
] as const) {
  test(`${text} in Berlin is ${utc}`, () => assert.equal(moment(text, NOW), utc));
}

for (const text of [
  "",
  "today",
  "2027",
  "2027-1-1",
  "01.01.2027",
  "2027-02-29",
  "2027-13-01",
  "2027-00-10",
  "2027-01-00",
  "2027-01-01T",
  "2027-01-01T8:00",
  "2027-01-01T25:00",
  "2027-01-01Z",
  "2027-01-01T08:00:00Zulu",
]) {
  test(`${JSON.stringify(text)} is no moment`, () => {
    assert.throws(() => moment(text, NOW), /like 2027-01-01/);
  });
}

test("a rate that was set is shown whole, and taken as it is shown", () => {
  const bits = fc.integer({ min: 8_000, max: 100_000_000_000 });
  fc.assert(fc.property(bits, (one) => rate(bitRate(one)) === one));
  assert.equal(rate("10Mbit/s"), 10_000_000);
});

test("a length of time is taken as it is shown", () => {
  const length = fc.integer({ min: 1, max: 31_536_000 });
  fc.assert(fc.property(length, (one) => lengthOfTime(duration(one, 4)) === one));
});

test("any moment is taken as it is shown, also within the hour that the end of summer time has twice", () => {
  const around = fc.constantFrom("2026-10-25T01:00:00Z", "2026-03-29T01:00:00Z", "2031-06-01T12:00:00Z");
  const off = fc.integer({ min: -7_200_000, max: 7_200_000 });
  const anywhere = fc.date({ min: new Date("1980-01-01"), max: new Date("2200-01-01"), noInvalidDate: true });
  const instants = fc.oneof(
    anywhere,
    fc.tuple(around, off).map(([at, ms]) => new Date(Date.parse(at) + ms)),
  );
  fc.assert(
    fc.property(instants, (at) => {
      assert.equal(moment(localTime(at.toISOString()), NOW), at.toISOString());
    }),
  );
  assert.equal(localTime("2026-10-25T00:30:00.000Z"), "2026-10-25 02:30");
  assert.equal(localTime("2026-10-25T01:30:00.000Z"), "2026-10-25 02:30+01:00");
  assert.equal(localTime("2026-06-01T01:30:00.250Z"), "2026-06-01 03:30:00.250");
});

test("a moment is shown as this host's clock shows it, seconds only where they say something", () => {
  assert.equal(localTime(moment("2027-01-01", NOW)), "2027-01-01 00:00");
  assert.equal(localTime(moment("2027-07-01 08:05", NOW)), "2027-07-01 08:05");
  assert.equal(localTime(moment("2027-07-01T08:05:09", NOW)), "2027-07-01 08:05:09");
});
