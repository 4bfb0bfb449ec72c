import assert from "node:assert/strict";
import { test } from "node:test";
import { limitPassed, untilNextLimit } from "../../../../server/concentrator/policy/session-limits.ts";
import type { UserPolicy } from "../../../../server/policy/user-policy.ts";
import { seconds } from "../../../../server/wire/units.ts";
import { userWith } from "../users.ts";

process.env["TZ"] = "UTC";

/** A Tuesday, ten seconds before nine. */
const AT = new Date("2030-01-01T08:59:50.000Z");

const TIMES = { lasted: seconds(100), idle: seconds(40), at: AT };

const NEXT: readonly [Partial<UserPolicy>, number | undefined][] = [
  [{}, undefined],
  [{ sessionTimeout: 160 }, 60],
  [{ idleTimeout: 50 }, 10],
  [{ sessionTimeout: 160, idleTimeout: 50 }, 10],
  [{ validUntil: "2030-01-01T09:00:10.000Z" }, 20],
  [{ allowedHours: ["tue 08:00-09:00"] }, 10],
  [{ allowedHours: ["00:00-24:00"] }, undefined],
  [{ sessionTimeout: 31_536_000 }, 3600],
  [{ validUntil: "2031-01-01T00:00:00.000Z" }, 3600],
  [{ sessionTimeout: 99 }, 0],
  [{ allowedHours: ["wed"] }, 0],
];

for (const [policy, next] of NEXT) {
  test(`${JSON.stringify(policy)} is looked at again after ${next} s`, () => {
    const expected = next === undefined ? undefined : seconds(next);
    assert.equal(untilNextLimit(userWith(policy), TIMES), expected);
  });
}

test("a limit has passed at its last millisecond, not before", () => {
  const user = userWith({ sessionTimeout: 100, idleTimeout: 60 });
  assert.equal(limitPassed(user, TIMES)?.verdict, "session-timeout");
  assert.equal(limitPassed(user, { ...TIMES, lasted: seconds(99.999) }), undefined);
  assert.equal(
    limitPassed(user, { ...TIMES, lasted: seconds(99), idle: seconds(60) })?.verdict,
    "idle-timeout",
  );
});

test("a year-long session is looked at each hour, and ends on the second", () => {
  const user = userWith({ sessionTimeout: 31_536_000 });
  let [lasted, looks] = [0, 0];
  for (;;) {
    const times = { lasted: seconds(lasted), idle: seconds(0), at: AT };
    if (limitPassed(user, times) !== undefined) break;
    lasted += untilNextLimit(user, times)! / 1000;
    looks++;
  }
  assert.deepEqual([lasted, looks], [31_536_000, 31_536_000 / 3600]);
});
