import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allowsMoment,
  formatAllowedHours,
  type LocalMoment,
  localMoment,
  parseAllowedHours,
  secondsLeft,
} from "../../../server/policy/allowed-hours.ts";
import { fc } from "../../support/fc.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** "fri 17:59:30" */
function at(text: string): LocalMoment {
  const [day, time] = text.split(" ");
  const [hour, minute, second = 0] = time!.split(":").map(Number);
  const weekday = DAYS.indexOf(day!);
  assert.ok(weekday >= 0);
  return { weekday, minuteOfDay: hour! * 60 + minute!, second };
}

const normal = (text: string): string | undefined => {
  const parsed = parseAllowedHours(text);
  return parsed.ok ? formatAllowedHours(parsed.value) : undefined;
};

for (const [text, form = text] of [
  ["mon-fri 08:00-18:00"],
  ["sat,sun 10:00-14:00"],
  ["22:00-06:00"],
  ["mon-fri"],
  ["mon-sun"],
  ["wed 00:00-00:01"],
  ["fri 23:59-24:00"],
  ["Mon-FRI 8:00 - 18:00", "mon-fri 08:00-18:00"],
  ["  mon ,tue,  wed  ", "mon-wed"],
  ["sun,sat", "sat,sun"],
  ["mon,mon", "mon"],
  ["fri-mon", "mon,fri-sun"],
  ["sun-sat 09:00-10:00", "09:00-10:00"],
  ["mon-sun 09:00-10:00", "09:00-10:00"],
  ["mon,tue,thu-sun", "mon,tue,thu-sun"],
  ["mon 00:00-24:00", "mon"],
  ["00:00-24:00", "mon-sun"],
  ["22:00-00:00", "22:00-24:00"],
  ["22:00-0:00", "22:00-24:00"],
] as const)
  test(`${JSON.stringify(text)} are hours, in normal form ${JSON.stringify(form)}`, () => {
    assert.equal(normal(text), form);
    assert.equal(normal(form), form);
  });

for (const [text, why] of [
  ["", /like "mon-fri 08:00-18:00"/],
  [" ", /like/],
  ["monday", /like/],
  ["mon-", /like/],
  ["mon-fri-sun", /like/],
  ["mon,", /like/],
  ["8-18", /like/],
  ["08:00", /like/],
  ["08:00-", /like/],
  ["08:60-09:00", /like/],
  ["08:00-24:01", /like/],
  ["08:00-25:00", /like/],
  ["24:00-08:00", /like/],
  ["-1:00-08:00", /like/],
  ["8:0-9:0", /like/],
  ["08:00-18:00 mon-fri", /like/],
  ["mon 08:00-10:00 12:00-14:00", /like/],
  ["mon tue", /like/],
  ["mon tue 08:00-10:00", /like/],
  ["mon\u2013fri", /like/],
  ["09:00-09:00", /a whole day is 00:00-24:00/],
  ["00:00-00:00", /a whole day is 00:00-24:00/],
  [`mon ${" ".repeat(100)}`, /like/],
  ["x".repeat(100_000), /^"x{60}\.\.\." are not/],
] as const)
  test(`${JSON.stringify(text).slice(0, 40)} of ${text.length} characters are no hours, and one sentence says so`, () => {
    const parsed = parseAllowedHours(text);
    assert.ok(!parsed.ok);
    assert.match(parsed.says, why);
    assert.match(parsed.says, /\.$/);
    assert.doesNotMatch(parsed.says, /\n/);
  });

const OFFICE = ["mon-fri 08:00-18:00"];
for (const [hours, moment, left] of [
  [[], "mon 03:00", undefined],
  [OFFICE, "mon 07:59:59", 0],
  [OFFICE, "mon 08:00", 36_000],
  [OFFICE, "fri 17:59:30", 30],
  [OFFICE, "fri 17:59:59", 1],
  [OFFICE, "fri 18:00", 0],
  [OFFICE, "sat 12:00", 0],
  [["22:00-06:00"], "mon 22:00", 8 * 3600],
  [["22:00-06:00"], "tue 05:59", 60],
  [["22:00-06:00"], "tue 06:00", 0],
  [["sat 22:00-06:00"], "sun 01:00", 5 * 3600],
  [["sat 22:00-06:00"], "sat 01:00", 0],
  [["fri 22:00-06:00"], "sat 05:00", 3600],
  [["fri 22:00-24:00"], "sat 00:00", 0],
  [["mon-fri"], "fri 23:59", 60],
  [["mon-fri"], "mon 00:00", 5 * 86_400],
  [["mon-fri"], "sun 23:59:59", 0],
  [["08:00-12:00", "12:00-18:00"], "mon 11:00", 7 * 3600],
  [["08:00-12:00", "12:01-18:00"], "mon 11:00", 3600],
  [["08:00-12:00", "09:00-18:00", "10:00-11:00"], "mon 08:30", 34_200],
  [["sat 20:00-24:00", "sun 00:00-04:00"], "sat 23:00", 5 * 3600],
  [["sun 20:00-24:00", "mon"], "sun 23:00", 25 * 3600],
  [["mon-sun"], "wed 12:00", undefined],
  [["mon-thu", "fri,sat,sun"], "sat 23:59:59", undefined],
  [["20:00-08:00", "08:00-20:00"], "sat 23:59:59", undefined],
  [["nonsense"], "mon 12:00", 0],
  [["nonsense", ...OFFICE], "mon 17:00", 3600],
] as const)
  test(`${JSON.stringify(hours)} at ${moment}: ${left === undefined ? "open for ever" : `${left} s left`}`, () => {
    assert.equal(secondsLeft(hours, at(moment)), left);
    assert.equal(allowsMoment(hours, at(moment)), left !== 0);
  });

const day = fc.constantFrom(...DAYS);
const minute = fc.integer({ min: 0, max: 1439 });
const clock = (n: number) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;
const text = fc
  .tuple(fc.array(day, { minLength: 1, maxLength: 7 }), minute, fc.integer({ min: 1, max: 1440 }))
  .filter(([, from, to]) => from !== to)
  .map(([days, from, to]) => `${days.join(",")} ${clock(from)}-${clock(to)}`);

test("the normal form allows the same minutes as what was written, and stays as it is", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 6 }), minute, (written, weekday, minuteOfDay) => {
      const form = normal(written);
      assert.ok(form !== undefined);
      assert.equal(normal(form), form);
      const moment = { weekday, minuteOfDay, second: 0 };
      assert.equal(secondsLeft([written], moment), secondsLeft([form], moment));
    }),
  );
});

test("what is left is what one finds by trying minute after minute", () => {
  const WEEK = 7 * 1440;
  const momentOf = (n: number) => ({
    weekday: Math.floor(n / 1440) % 7,
    minuteOfDay: n % 1440,
    second: 0,
  });
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: WEEK - 1 }),
      (hours, now) => {
        let minutes = 0;
        while (minutes < WEEK && allowsMoment(hours, momentOf((now + minutes) % WEEK))) minutes++;
        assert.equal(secondsLeft(hours, momentOf(now)), minutes === WEEK ? undefined : minutes * 60);
      },
    ),
    { numRuns: 30 },
  );
});

test("no text makes the parser throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (any) => {
      parseAllowedHours(any);
    }),
  );
});

test("the local moment is that of the host's time zone, summer time included", (t) => {
  const { TZ } = process.env;
  t.after(() => {
    if (TZ === undefined) delete process.env["TZ"];
    else process.env["TZ"] = TZ;
  });
  process.env["TZ"] = "Europe/Berlin";
  assert.deepEqual(localMoment(new Date("2026-03-29T00:59:59Z")), at("sun 01:59:59"));
  assert.deepEqual(localMoment(new Date("2026-03-29T01:00:00Z")), at("sun 03:00:00"));
  assert.deepEqual(localMoment(new Date("2026-01-03T23:30:00Z")), at("sun 00:30:00"));
  process.env["TZ"] = "Asia/Kolkata";
  assert.deepEqual(localMoment(new Date("2026-01-03T23:30:00Z")), at("sun 05:00:00"));
});
