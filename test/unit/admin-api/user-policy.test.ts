import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { policy } from "../../../admin-api/schemas/policy.ts";
import { checkPolicy } from "../../../server/policy/check-policy.ts";
import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";
import { type Bench, bench } from "../../support/admin-api.ts";

/** Every setting with a value that is not the one of a user about whom nothing was decided. */
const STRICT: UserPolicy = {
  enabled: false,
  validFrom: "2026-01-01T00:00:00.000Z",
  validUntil: "2027-01-01T00:00:00.000Z",
  allowedHours: ["mon-fri 08:00-18:00", "22:00-06:00"],
  allowedSources: ["203.0.113.0/24", "198.51.100.7"],
  staticAddress: "10.77.0.5",
  pool: "guests",
  dns: ["10.0.0.53", "10.0.0.54"],
  encryption: "optional",
  sessionTimeout: 28_800,
  idleTimeout: 600,
  maxSessions: 2,
  whenExceeded: "replace",
  rateUp: 512_000,
  rateDown: 10_000_000,
  allowedDestinations: ["10.0.0.0/8", "192.0.2.5 tcp 443,8000-8080"],
  passwordExpiresAt: "2026-12-31T23:00:00.000Z",
};
const FIELDS = Object.keys(STRICT) as (keyof UserPolicy)[];

/** The policy part of an answer. */
const policyOf = (user: Record<string, unknown>) =>
  Object.fromEntries(FIELDS.map((field) => [field, user[field]]));

for (const [settings, limit] of [
  [{}, { sessions: 5, from: "configuration" }],
  [{ maxSessions: 65_535 }, { sessions: 65_535, from: "user" }],
  [
    { maxSessions: 3, staticAddress: "10.77.0.5" },
    { sessions: 1, from: "static-address" },
  ],
] as const) {
  test(`${JSON.stringify(settings)} allows ${limit.sessions} sessions, and the answer says why`, async (t) => {
    const b = await bench();
    t.after(() => b.app.close());
    const added = await b.call("POST", "/api/v1/users", { name: "anna", ...settings });
    assert.deepEqual(added.json().sessionLimit, limit);
  });
}

test("users.max_sessions = 0 allows any number of sessions", async (t) => {
  const b = await bench({ usersMaxSessions: 0 });
  t.after(() => b.app.close());
  const added = await b.call("POST", "/api/v1/users", { name: "anna" });
  assert.deepEqual(added.json().sessionLimit, { sessions: null, from: "configuration" });
});

test("every setting can be given at once, is read back, changed and cleared", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());

  const added = await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass", ...STRICT });
  assert.equal(added.statusCode, 201);
  assert.deepEqual(policyOf(added.json()), STRICT);
  const path = "/api/v1/users/anna";
  assert.deepEqual((await b.call("GET", path)).json(), added.json());
  const { failedLogIns: _, ...listed } = added.json();
  assert.deepEqual((await b.call("GET", "/api/v1/users")).json().items, [listed]);

  for (const field of FIELDS) {
    const cleared = (await b.call("PATCH", path, { [field]: UNRESTRICTED[field] })).json();
    assert.deepEqual(policyOf(cleared), { ...STRICT, [field]: UNRESTRICTED[field] }, `${field} cleared`);
    assert.deepEqual((await b.call("GET", path)).json(), cleared);
    const again = (await b.call("PATCH", path, { [field]: STRICT[field] })).json();
    assert.deepEqual(policyOf(again), STRICT, `${field} set again`);
  }
  assert.deepEqual(policyOf((await b.call("PATCH", path, UNRESTRICTED)).json()), UNRESTRICTED);
});

test("a kept password and its hash never show, and can be forgotten but not found again", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const path = "/api/v1/users/anna";
  const answers: { statusCode: number; body: string; json(): Record<string, unknown> }[] = [];
  const call = async (...request: Parameters<Bench["call"]>) => {
    const answer = await b.call(...request);
    answers.push(answer);
    return answer.json();
  };
  const kept = { password: "clientPass", recoverablePassword: true };

  assert.equal((await call("POST", "/api/v1/users", { name: "anna", ...kept })).recoverablePassword, true);
  assert.equal((await call("PATCH", path, { recoverablePassword: true })).recoverablePassword, true);
  assert.equal((await call("GET", path)).recoverablePassword, true);
  assert.equal((await call("PATCH", path, { recoverablePassword: false })).recoverablePassword, false);
  assert.equal((await call("PATCH", path, { recoverablePassword: true })).code, "password-needed");
  assert.equal(
    (await call("PUT", `${path}/password`, { password: "clientPass" })).recoverablePassword,
    false,
  );
  assert.equal((await call("PUT", `${path}/password`, kept)).recoverablePassword, true);
  assert.equal((await call("PUT", `${path}/password`, { password: "clientPass" })).recoverablePassword, true);
  await call("GET", "/api/v1/users");
  for (const { body } of answers) assert.doesNotMatch(body, /clientPass|"password"|hash/i);
});

suite("what is refused", () => {
  let b: Bench;
  before(async () => {
    b = await bench();
    await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass" });
  });
  after(() => b.app.close());

  for (const [field, value, code, detail] of [
    ["validFrom", "tomorrow", "invalid-policy", /^validFrom must be a time with its zone/],
    ["validUntil", "2026-02-30T00:00:00Z", "invalid-policy", /^validUntil must be a time/],
    ["validFrom", 0, "invalid-request", /"validFrom" of the request body must be either string or null\.$/],
    ["passwordExpiresAt", "2027-01-01", "invalid-policy", /^passwordExpiresAt must be a time/],
    ["allowedHours", ["mon 25:00-26:00"], "invalid-policy", /like "mon-fri 08:00-18:00"/],
    ["allowedHours", "mon", "invalid-request", /must be array\.$/],
    [
      "allowedHours",
      ["mon", 7],
      "invalid-request",
      /^Entry 2 of the field "allowedHours" .* must be string\.$/,
    ],
    ["allowedHours", Array(33).fill("mon"), "invalid-request", /must have at most 32 entries\.$/],
    ["allowedSources", ["203.0.113.7/24"], "invalid-policy", /write 203\.0\.113\.0\/24 for the network/],
    ["staticAddress", "10.77.0", "invalid-address", /not an IPv4 address/],
    ["staticAddress", "10.99.0.1", "address-outside-network", /^10\.99\.0\.1 .*: 10\.77\.0\.0\/24\.$/],
    ["staticAddress", "10.77.0.1", "address-reserved", /concentrator's own/],
    ["pool", "nobody", "pool-unknown", /^There is no pool "nobody"; .* has "guests", "staff"\.$/],
    ["dns", ["10.0.0.1", "10.0.0.2", "10.0.0.3"], "invalid-request", /must have at most 2 entries\.$/],
    ["dns", ["ns.example"], "invalid-policy", /is not the address of a host/],
    ["encryption", "none", "invalid-request", /must be "required" or "optional"\.$/],
    ["whenExceeded", "ask", "invalid-request", /must be "deny" or "replace"\.$/],
    ["sessionTimeout", 0, "invalid-request", /^The field "sessionTimeout" .* must be at least 1\.$/],
    ["sessionTimeout", 31_536_001, "invalid-request", /must be at most 31536000\.$/],
    ["sessionTimeout", "8h", "invalid-request", /must be either integer or null\.$/],
    ["idleTimeout", 9, "invalid-request", /must be at least 10\.$/],
    ["maxSessions", 1.5, "invalid-request", /must be either integer or null\.$/],
    ["rateUp", 7_999, "invalid-request", /must be at least 8000\.$/],
    ["rateDown", 100_000_000_001, "invalid-request", /must be at most 100000000000\.$/],
    ["allowedDestinations", ["10.0.0.0/8 icmp 8"], "invalid-policy", /only tcp and udp have ports/],
  ] as const) {
    test(`${field} ${JSON.stringify(value).slice(0, 40)} is ${code}`, async () => {
      for (const answer of [
        await b.call("PATCH", "/api/v1/users/anna", { [field]: value }),
        await b.call("POST", "/api/v1/users", { name: "carl", [field]: value }),
      ]) {
        const problem = answer.json();
        assert.deepEqual([answer.statusCode, problem.code, problem.field], [400, code, field]);
        assert.match(problem.detail, detail);
        assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      }
      assert.deepEqual(policyOf((await b.call("GET", "/api/v1/users/anna")).json()), UNRESTRICTED);
      assert.equal((await b.call("GET", "/api/v1/users/carl")).statusCode, 404);
      assert.deepEqual(b.concentrator.changedUsers, []);
    });
  }

  test("a validity that ends before it begins is invalid-policy", async () => {
    const body = { validFrom: "2027-01-01T00:00:00Z", validUntil: "2026-01-01T00:00:00Z" };
    const problem = (await b.call("PATCH", "/api/v1/users/anna", body)).json();
    assert.deepEqual([problem.code, problem.field], ["invalid-policy", "validUntil"]);
  });

  test("where the configuration has no pools, the refusal says so", async (t) => {
    const without = await bench({ pools: [] });
    t.after(() => without.app.close());
    const problem = (await without.call("POST", "/api/v1/users", { name: "anna", pool: "guests" })).json();
    assert.equal(problem.detail, 'There is no pool "guests"; the configuration names none under [pools].');
  });

  test("a password that was not kept: the document says what to do", async () => {
    const answer = await b.call("PATCH", "/api/v1/users/anna", { recoverablePassword: true, enabled: false });
    assert.equal(answer.statusCode, 409);
    assert.deepEqual(answer.json(), {
      type: "urn:pacd:error:password-needed",
      title: "Only a new password can be kept readable",
      status: 409,
      code: "password-needed",
      detail:
        'The password of "anna" was not kept: set a new one with recoverablePassword: true ' +
        "(PUT on the user's password, or pacctl user password NAME --recoverable-password).",
      field: "recoverablePassword",
    });
    assert.equal((await b.call("GET", "/api/v1/users/anna")).json().enabled, true);
  });

  test("recoverablePassword for a user that there is not is user-not-found", async () => {
    const answer = await b.call("PATCH", "/api/v1/users/nobody", { recoverablePassword: true });
    assert.deepEqual([answer.statusCode, answer.json().code], [404, "user-not-found"]);
  });
});

test("the concentrator hears of each change, with the user as it is now, and of nothing else", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const { id } = (await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass" })).json();
  await b.call("PUT", "/api/v1/users/anna/password", {});
  await b.call("GET", "/api/v1/users/anna");
  await b.call("PATCH", "/api/v1/users/nobody", { enabled: false });
  assert.equal(b.concentrator.changedUsers.length, 0);
  await b.call("PATCH", "/api/v1/users/anna", { rateUp: 64_000 });
  await b.call("PATCH", "/api/v1/users/anna", { allowedDestinations: ["10.0.0.0/8"] });
  assert.deepEqual(
    b.concentrator.changedUsers.map((user) => [user.id, user.rateUp, user.allowedDestinations]),
    [
      [id, 64_000, []],
      [id, 64_000, ["10.0.0.0/8"]],
    ],
  );
  assert.deepEqual(b.concentrator.disconnectedUsers, []);
});

suite("when a new password expires", () => {
  const NOW = "2026-03-01T10:00:00.000Z";
  const IN_90_DAYS = "2026-05-30T10:00:00.000Z";
  for (const [passwordMaxAgeDays, asked, expires] of [
    [0, undefined, null],
    [90, undefined, IN_90_DAYS],
    [90, null, null],
    [90, NOW, NOW],
    [0, NOW, NOW],
  ] as const) {
    test(`max_age_days ${passwordMaxAgeDays}, asked for ${asked}: ${expires}`, async (t) => {
      const b = await bench({ passwordMaxAgeDays });
      t.after(() => b.app.close());
      const body = asked === undefined ? {} : { passwordExpiresAt: asked };
      const added = (await b.call("POST", "/api/v1/users", { name: "anna", ...body })).json();
      assert.equal(added.passwordExpiresAt, expires);
      // What was said of the old password does not hold for the new one.
      await b.call("PATCH", "/api/v1/users/anna", { passwordExpiresAt: "2026-02-01T00:00:00Z" });
      const set = (await b.call("PUT", "/api/v1/users/anna/password", body)).json();
      assert.equal(set.passwordExpiresAt, expires);
    });
  }
});

suite("the schema", () => {
  interface Bounds {
    readonly description?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly maxItems?: number;
  }
  const accepted = (change: object): boolean => {
    try {
      checkPolicy(change);
      return true;
    } catch {
      return false;
    }
  };

  for (const [field, schema] of Object.entries(policy)) {
    const { description, minimum, maximum, maxItems } = schema as Bounds;
    test(`${field} is described, and its bounds are those of the check`, () => {
      assert.ok(description !== undefined && description.length > 10);
      if (minimum !== undefined && maximum !== undefined) {
        const verdicts = [minimum - 1, minimum, maximum, maximum + 1].map((value) =>
          accepted({ [field]: value }),
        );
        assert.deepEqual(verdicts, [false, true, true, false]);
      }
      if (maxItems !== undefined) {
        const [entry] = STRICT[field as "dns" | "allowedHours"]!;
        const full = Array(maxItems).fill(entry);
        assert.deepEqual(
          [full, [...full, entry]].map((value) => accepted({ [field]: value })),
          [true, false],
        );
      }
    });
  }
});
