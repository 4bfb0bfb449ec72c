import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { checkPolicy } from "../../../server/policy/check-policy.ts";
import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";

type Field = keyof UserPolicy;
const check = (field: Field, value: unknown) => checkPolicy({ [field]: value } as Partial<UserPolicy>);
const networks = (n: number) => Array.from({ length: n }, (_, i) => `10.0.${i}.0/24`);
const hours = (n: number) =>
  Array.from({ length: n }, (_, i) => `mon 00:00-00:${String(i + 1).padStart(2, "0")}`);

const GOOD: { readonly [F in Field]: readonly (readonly [written: unknown, form?: UserPolicy[F]])[] } = {
  enabled: [[true], [false]],
  validFrom: [[null], ["2026-03-01T09:00+01:00", "2026-03-01T08:00:00.000Z"]],
  validUntil: [[null], ["2026-03-01T08:00:00Z", "2026-03-01T08:00:00.000Z"]],
  allowedHours: [
    [[]],
    [
      ["Mon-Fri 8:00-18:00", "sat"],
      ["mon-fri 08:00-18:00", "sat"],
    ],
    [["sat,sun", "sun,sat"], ["sat,sun"]],
    [hours(32)],
  ],
  allowedSources: [
    [[]],
    [
      ["203.0.113.7", "203.0.113.0/24", "203.0.113.7/32"],
      ["203.0.113.7", "203.0.113.0/24"],
    ],
    [networks(64)],
  ],
  staticAddress: [[null], ["10.77.0.20"]],
  pool: [[null], ["guests"], ["a-b_9"], ["x".repeat(32)]],
  dns: [
    [null],
    [[]],
    [["192.0.2.53"]],
    [["192.0.2.53", "10.0.0.1"]],
    [["10.0.0.1", "10.0.0.1"], ["10.0.0.1"]],
  ],
  encryption: [["required"], ["optional"]],
  sessionTimeout: [[null], [1], [31_536_000]],
  idleTimeout: [[null], [10], [31_536_000]],
  maxSessions: [[null], [1], [65_535]],
  whenExceeded: [["deny"], ["replace"]],
  rateUp: [[null], [8_000], [100_000_000_000]],
  rateDown: [[null], [8_000], [100_000_000_000]],
  allowedDestinations: [[[]], [["10.0.0.0/8", "10.0.0.0/8"], ["10.0.0.0/8"]], [networks(64)]],
  passwordExpiresAt: [[null], ["2026-03-01T08:00:00Z", "2026-03-01T08:00:00.000Z"]],
};

const TIMES = ["2026-03-01", "2026-03-01T08:00", "soon", "", 1772352000000, true, {}];
const NUMBERS = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, "600", true, []];
const LISTS = [null, "mon", {}, [1], [null], [""], [["mon"]], ["x".repeat(1000)]];
const WORDS = ["", "Required", "DENY", "none", null, true];

const BAD: { readonly [F in Field]: readonly unknown[] } = {
  enabled: [null, 0, 1, "true"],
  validFrom: TIMES,
  validUntil: TIMES,
  allowedHours: [...LISTS, ["monday"], ["mon", "8-18"], [...hours(32), "sun"]],
  allowedSources: [...LISTS, ["203.0.113.7/24"], ["mon"], [...networks(64), "11.0.0.0/8"]],
  staticAddress: ["", "10.0.0", "10.0.0.256", "010.0.0.1", "::1", "10.0.0.1/32", " 10.0.0.1", 1, true, {}],
  pool: ["", "a b", "a.b", "Guests", "ü", "x".repeat(33), "a\n", 1, true, []],
  dns: [
    "10.0.0.1",
    [1],
    [null],
    ["dns.example.org"],
    ["0.0.0.0"],
    ["127.0.0.1"],
    ["224.0.0.1"],
    ["255.255.255.255"],
    ["::1"],
    ["10.0.0.1", "10.0.0.2", "10.0.0.3"],
  ],
  encryption: WORDS,
  sessionTimeout: [...NUMBERS, 31_536_001],
  idleTimeout: [...NUMBERS, 9, 31_536_001],
  maxSessions: [...NUMBERS, 65_536],
  whenExceeded: WORDS,
  rateUp: [...NUMBERS, 7_999, 100_000_000_001],
  rateDown: [...NUMBERS, 7_999, 100_000_000_001],
  allowedDestinations: [...LISTS, ["10.0.0.1/8"], [...networks(64), "11.0.0.0/8"]],
  passwordExpiresAt: TIMES,
};

for (const field of Object.keys(UNRESTRICTED) as Field[]) {
  for (const [written, form = written] of GOOD[field])
    test(`${field} may be ${JSON.stringify(written).slice(0, 60)}`, () => {
      assert.deepEqual(check(field, written), { [field]: form });
      assert.deepEqual(check(field, form), { [field]: form });
    });

  for (const wrong of BAD[field])
    test(`${field} may not be ${JSON.stringify(wrong).slice(0, 60)}, and one sentence says so`, () => {
      assert.throws(
        () => check(field, wrong),
        (error) => {
          assert.ok(error instanceof AppError);
          assert.equal(error.code, field === "staticAddress" ? "invalid-address" : "invalid-policy");
          assert.deepEqual(error.details, { field });
          assert.match(error.message, /^[^\n]{10,250}\.$/);
          return true;
        },
      );
    });
}

test("nothing that is not given comes out, and nothing that is no setting", () => {
  assert.deepEqual(checkPolicy({}), {});
  assert.deepEqual(checkPolicy({ enabled: undefined, name: "x" } as unknown as Partial<UserPolicy>), {});
});

test("a user about whom nothing was decided is in the normal form already", () => {
  assert.deepEqual(checkPolicy(UNRESTRICTED), UNRESTRICTED);
});

test("a time must not end before it begins, nor when it begins", () => {
  const early = "2026-03-01T08:00:00Z";
  const late = "2026-03-01T08:00:01Z";
  assert.deepEqual(Object.keys(checkPolicy({ validFrom: early, validUntil: late })), [
    "validFrom",
    "validUntil",
  ]);
  for (const validFrom of [late, "2026-03-01T09:00:01+01:00", "2026-03-02T00:00:00Z"])
    assert.throws(() => checkPolicy({ validFrom, validUntil: late }), {
      code: "invalid-policy",
      details: { field: "validUntil" },
    });
});
