import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ensureAdminToken } from "../../../admin-api/admin-token.ts";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import { openStore } from "../../../server/store/open-store.ts";
import type { Store } from "../../../server/store/store-types.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { NOON_CLOCK, UNHEARD } from "../../support/temporary-store.ts";
import { NOTHING_DECIDED } from "../../support/user-json.ts";

let directory: string;
let store: Store;
let b: Bench;
let headers: { authorization: string };
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "pacd-api-"));
  store = await openStore({
    directory,
    version: "1.2.3",
    clock: { ...NOON_CLOCK, date: () => new Date("2026-03-01T10:00:00.000Z") },
    ...UNHEARD,
  });
  b = await bench({ store });
  // The token of the file takes the place of the test's.
  const { path } = await ensureAdminToken(directory, store.tokens);
  headers = { authorization: `Bearer ${(await readFile(path, "utf8")).trim()}` };
});
after(async () => {
  await b.app.close();
  await store.close();
  await rm(directory, { recursive: true });
});

const call = async (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, payload?: object) => {
  const response = await b.app.inject({
    method,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return [response.statusCode, response.body === "" ? undefined : response.json()] as const;
};

test("a user lives through add, change, new password and removal, and no password or hash ever shows", async () => {
  const [added, anna] = await call("POST", "/api/v1/users", { name: "anna", password: "clientPass" });
  assert.equal(added, 201);
  const expected = {
    ...UNRESTRICTED,
    ...NOTHING_DECIDED,
    sessionLimit: { sessions: 5, from: "configuration" },
    failedLogIns: { count: 0, since: null, last: null, newAddressesWait: false, addresses: [] },
    id: anna.id,
    name: "anna",
    recoverablePassword: false,
    passwordChangedAt: "2026-03-01T10:00:00.000Z",
    createdAt: "2026-03-01T10:00:00.000Z",
    updatedAt: "2026-03-01T10:00:00.000Z",
  };
  assert.deepEqual(anna, expected);
  assert.deepEqual(await call("GET", "/api/v1/users/Anna"), [200, expected]);
  assert.deepEqual(await call("PATCH", "/api/v1/users/anna", { staticAddress: "10.77.0.5" }), [
    200,
    {
      ...expected,
      staticAddress: "10.77.0.5",
      own: ["staticAddress"],
      from: { ...NOTHING_DECIDED.from, staticAddress: "user" },
      sessionLimit: { sessions: 1, from: "static-address" },
    },
  ]);
  assert.equal((await call("PUT", "/api/v1/users/anna/password", { password: "other" }))[0], 200);
  assert.deepEqual(await call("DELETE", "/api/v1/users/anna"), [204, undefined]);
  assert.deepEqual(await call("GET", "/api/v1/users"), [200, { items: [] }]);
});

test("the store's refusals arrive under their codes", async () => {
  await call("POST", "/api/v1/users", { name: "bert", staticAddress: "10.77.0.6" });
  for (const [method, url, body, status, code] of [
    ["POST", "/api/v1/users", { name: "BERT" }, 409, "user-exists"],
    ["POST", "/api/v1/users", { name: "carl", staticAddress: "10.77.0.6" }, 409, "address-taken"],
    ["POST", "/api/v1/users", { name: "a/b" }, 400, "invalid-name"],
    ["POST", "/api/v1/users", { name: "carl", password: "" }, 400, "invalid-password"],
    ["GET", "/api/v1/users/carl", undefined, 404, "user-not-found"],
    ["PATCH", "/api/v1/users/carl", { enabled: true }, 404, "user-not-found"],
    ["PATCH", "/api/v1/users/bert", { allowedHours: ["always"] }, 400, "invalid-policy"],
    ["PATCH", "/api/v1/users/bert", { pool: "nobody" }, 400, "pool-unknown"],
    ["PATCH", "/api/v1/users/bert", { recoverablePassword: true }, 409, "password-needed"],
    ["PUT", "/api/v1/users/bert/password", { passwordExpiresAt: "soon" }, 400, "invalid-policy"],
    ["DELETE", "/api/v1/users/carl", undefined, 404, "user-not-found"],
    ["GET", "/api/v1/users?cursor=x", undefined, 400, "invalid-request"],
    ["GET", "/api/v1/sessions/none", undefined, 404, "session-not-found"],
    ["GET", "/api/v1/attempts/none", undefined, 404, "attempt-not-found"],
  ] as const) {
    const [answered, problem] = await call(method, url, body);
    assert.deepEqual([answered, problem.code], [status, code], `${method} ${url}`);
  }
});

test("pages of users follow one another without a gap or a repetition", async () => {
  for (const name of ["u1", "u2", "u3", "u4"]) await call("POST", "/api/v1/users", { name, password: "p" });
  const names: string[] = [];
  let cursor = "";
  do {
    const [, page] = await call("GET", `/api/v1/users?limit=2${cursor}`);
    names.push(...page.items.map((user: { name: string }) => user.name));
    cursor = page.next === undefined ? "" : `&cursor=${encodeURIComponent(page.next)}`;
  } while (cursor !== "");
  assert.deepEqual(names, ["bert", "u1", "u2", "u3", "u4"]);
});

test("a dial on record is shown with its verdict and trace", async () => {
  const start = { id: "a1", startedAt: "2026-03-01T09:58:30.000Z", clientAddress: "203.0.113.7" };
  store.records.begin(start);
  store.records.update("a1", {
    user: "bert",
    verdict: "bad-credentials",
    evidence: "The password is wrong.",
    trace: [{ at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request" }],
  });
  const [, attempt] = await call("GET", "/api/v1/attempts/a1");
  assert.equal(attempt.verdict.cause, "The user name or the password is wrong.");
  assert.equal(attempt.trace.length, 1);
  const [, list] = await call("GET", "/api/v1/attempts?user=bert");
  assert.deepEqual(
    list.items.map((item: { id: string }) => item.id),
    ["a1"],
  );
});
