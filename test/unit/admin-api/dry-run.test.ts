import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
  await b.call("POST", "/api/v1/groups", { name: "staff", rateUp: 64_000 });
  await b.call("POST", "/api/v1/users", { name: "taken", staticAddress: "10.77.0.9" });
});
after(() => b.app.close());

type Method = "POST" | "PUT" | "PATCH" | "DELETE";
const PATH = "/api/v1/users/anna";

/** Everything that can be seen of users, and whom the concentrator was told of. */
const world = async () =>
  JSON.stringify([
    (await b.call("GET", "/api/v1/users")).json(),
    b.concentrator.live.length,
    b.concentrator.changedUsers.length,
    b.concentrator.disconnectedUsers.length,
  ]);

const CASES: readonly (readonly [Method, string, object | undefined])[] = [
  ["POST", "/api/v1/users", { name: "bert", rateUp: 8_000, labels: { a: "b" } }],
  ["POST", "/api/v1/users", { name: "ANNA" }],
  ["POST", "/api/v1/users", { name: "bert", staticAddress: "10.77.0.9" }],
  ["POST", "/api/v1/users", { name: "bert", pool: "nowhere" }],
  ["POST", "/api/v1/users", { name: "a/b" }],
  ["PUT", PATH, { rateDown: 9_000, group: "staff" }],
  ["PUT", PATH, {}],
  ["PUT", PATH, { password: "another" }],
  ["PUT", "/api/v1/users/bert", { comment: "new" }],
  ["PUT", PATH, { group: "nobody" }],
  ["PATCH", PATH, {}],
  ["PATCH", PATH, { rateUp: 8_000 }],
  ["PATCH", PATH, { rateUp: 9_000, allowedHours: ["MON 8:00-18:00"] }],
  ["PATCH", PATH, { enabled: false }],
  ["PATCH", PATH, { name: "anne" }],
  ["PATCH", PATH, { name: "taken" }],
  ["PATCH", PATH, { staticAddress: "10.77.0.9" }],
  ["PATCH", PATH, { staticAddress: "10.78.0.9" }],
  ["PATCH", PATH, { recoverablePassword: true }],
  ["PATCH", "/api/v1/users/nobody", { enabled: false }],
  ["PUT", `${PATH}/password`, { password: "p2" }],
  ["PUT", `${PATH}/password`, { password: "" }],
  ["DELETE", PATH, undefined],
  ["DELETE", "/api/v1/users/nobody", undefined],
];

for (const [method, path, body] of CASES)
  test(`a dry run of ${method} ${path} ${JSON.stringify(body) ?? ""} says what the same without it does, and does nothing`, async () => {
    for (const name of ["anna", "anne", "bert"]) await b.call("DELETE", `/api/v1/users/${name}`);
    const { id } = (await b.call("POST", "/api/v1/users", { name: "anna", rateUp: 8_000 })).json();
    b.concentrator.live.splice(
      0,
      Infinity,
      liveSession({ userId: id }),
      liveSession({ id: "s2", userId: id }),
    );
    const before = await world();
    const dry = await b.call(method, `${path}?dryRun=true`, body);
    assert.equal(await world(), before);
    const was = (await b.call("GET", PATH)).json();
    const real = await b.call(method, path, body);
    if (real.statusCode >= 400) {
      assert.deepEqual([dry.statusCode, dry.json()], [real.statusCode, real.json()]);
      return;
    }
    assert.equal(dry.statusCode, 200);
    const plan = dry.json();
    assert.equal(plan.effects.sessionsEnded, 2 - b.concentrator.live.length);
    if (plan.would === "remove") return assert.equal(real.statusCode, 204);
    const is = real.json();
    assert.equal(plan.would === "create", real.statusCode === 201);
    for (const { field, from, to } of plan.changes) {
      if (field === "password") continue;
      assert.deepEqual(is[field], to, field);
      if (plan.would === "change") assert.deepEqual(was[field], from, field);
    }
    if (plan.would === "create") return;
    const named = plan.changes.map((change: { field: string }) => change.field);
    const differ = Object.keys(was).filter(
      (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
    );
    const own = [
      "name",
      "group",
      "comment",
      "labels",
      "own",
      "recoverablePassword",
      ...Object.keys(was.from),
    ];
    assert.deepEqual(
      named.filter((field: string) => field !== "password").sort(),
      differ.filter((field) => own.includes(field)).sort(),
    );
    if (plan.would === "nothing") assert.equal(is.updatedAt, was.updatedAt);
  });

test("dryRun takes true and false, and nothing else", async () => {
  const refused = await b.call("DELETE", "/api/v1/users/taken?dryRun=yes");
  assert.deepEqual([refused.statusCode, refused.json().field], [400, "dryRun"]);
  assert.equal((await b.call("DELETE", "/api/v1/users/taken?dryRun=false")).statusCode, 204);
});

test("no password shows in a plan", async () => {
  const dry = await b.call("POST", "/api/v1/users?dryRun=true", { name: "carl", password: "canary-7" });
  assert.doesNotMatch(dry.body, /canary-7/);
  assert.deepEqual(dry.json().changes.at(-1), { field: "password", from: null, to: "(secret)" });
});
