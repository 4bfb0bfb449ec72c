import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import { type Bench, bench, NOW } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { NOTHING_DECIDED } from "../../support/user-json.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const anna = {
  ...UNRESTRICTED,
  ...NOTHING_DECIDED,
  sessionLimit: { sessions: 5, from: "configuration" },
  failedLogIns: { count: 0, since: null, last: null, newAddressesWait: false, addresses: [] },
  id: "",
  name: "anna",
  recoverablePassword: false,
  passwordChangedAt: NOW,
  createdAt: NOW,
  updatedAt: NOW,
};
let bert = "";

test("POST with a password answers 201 with the user, and without the password", async () => {
  const response = await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass" });
  assert.equal(response.statusCode, 201);
  assert.equal(response.headers.location, "/api/v1/users/anna");
  anna.id = response.json().id;
  assert.match(anna.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(response.json(), anna);
  assert.ok(await b.opens("anna", "clientPass"));
});

test("POST without a password generates one of 20 unambiguous characters, and shows it once", async () => {
  const response = await b.call("POST", "/api/v1/users", { name: "bert" });
  const { password } = response.json<{ password: string }>();
  assert.match(password, /^[2-9A-HJ-NP-Za-km-z]{20}$/);
  assert.ok(await b.opens("bert", password));
  const again = await b.call("GET", "/api/v1/users/bert");
  assert.equal(again.json().password, undefined);
});

test("GET shows a user, without regard to case", async () => {
  assert.deepEqual((await b.call("GET", "/api/v1/users/ANNA")).json(), anna);
});

test("a list comes in pages, and the last has no next", async () => {
  const first = (await b.call("GET", "/api/v1/users?limit=1")).json();
  assert.deepEqual(
    first.items.map((user: { name: string }) => user.name),
    ["anna"],
  );
  const last = (await b.call("GET", `/api/v1/users?limit=1&cursor=${first.next}`)).json();
  assert.deepEqual(
    last.items.map((user: { name: string }) => user.name),
    ["bert"],
  );
  assert.equal("next" in last, false);
});

test("PATCH sets and clears the static address", async () => {
  const set = await b.call("PATCH", "/api/v1/users/anna", { staticAddress: "10.77.0.5" });
  assert.equal(set.json().staticAddress, "10.77.0.5");
  const cleared = await b.call("PATCH", "/api/v1/users/anna", { staticAddress: null });
  assert.equal(cleared.json().staticAddress, null);
});

test("disabling a user disconnects that user's sessions; enabling disconnects nobody", async () => {
  bert = (await b.store.users.find("bert"))!.id;
  b.concentrator.live.push(
    liveSession({ userId: anna.id }),
    liveSession({ id: "s2", userId: bert, user: "bert" }),
  );
  const disabled = await b.call("PATCH", "/api/v1/users/anna", { enabled: false });
  assert.equal(disabled.json().enabled, false);
  assert.deepEqual(
    b.concentrator.live.map((session) => session.id),
    ["s2"],
  );
  await b.call("PATCH", "/api/v1/users/anna", { enabled: true });
  assert.deepEqual(
    b.concentrator.live.map((session) => session.id),
    ["s2"],
  );
  assert.deepEqual(
    b.concentrator.changedUsers.slice(-2).map((user) => [user.id, user.enabled]),
    [
      [anna.id, false],
      [anna.id, true],
    ],
  );
});

test("PUT sets a password, and shows it only where it was generated", async () => {
  const given = await b.call("PUT", "/api/v1/users/anna/password", { password: "new secret" });
  const decided = { own: ["enabled"], from: { ...anna.from, enabled: "user" } };
  assert.deepEqual(given.json(), { ...anna, ...decided });
  assert.ok(await b.opens("anna", "new secret"));
  const generated = await b.call("PUT", "/api/v1/users/anna/password", {});
  assert.ok(await b.opens("anna", generated.json().password));
  assert.equal(generated.json().password.length, 20);
});

test("DELETE removes the user and disconnects that user's sessions", async () => {
  const response = await b.call("DELETE", "/api/v1/users/bert");
  assert.equal(response.statusCode, 204);
  assert.equal(response.body, "");
  assert.deepEqual(b.concentrator.live, []);
  assert.deepEqual(b.concentrator.disconnectedUsers, [bert]);
  assert.equal((await b.call("GET", "/api/v1/users/bert")).json().code, "user-not-found");
});

for (const name of [
  "max@firma.example",
  "a b",
  "jürgen",
  "50%",
  "-x",
  "a.b-c_d+e",
  "a?b#c",
  "x".repeat(64),
  "𠀀".repeat(64),
  "각".normalize("NFD").repeat(64),
]) {
  test(`the name ${JSON.stringify(name.slice(0, 20))} can be added, shown and removed`, async () => {
    const added = await b.call("POST", "/api/v1/users", { name, password: "p" });
    assert.equal(added.statusCode, 201);
    const path = added.headers.location as string;
    assert.equal((await b.call("GET", path)).json().name, name);
    assert.equal((await b.call("DELETE", path)).statusCode, 204);
  });
}

for (const name of [
  "",
  " ",
  " a",
  "a ",
  ".",
  "..",
  "a/b",
  "DOMAIN\\anna",
  "a\u0000b",
  "a\nb",
  "x".repeat(65),
]) {
  test(`the name ${JSON.stringify(name.slice(0, 20))} is refused as invalid-name`, async () => {
    await refused("POST", "/api/v1/users", { name, password: "p" }, 400, "invalid-name");
  });
}

for (const password of ["", "a\u0000b", "\ud800", "x".repeat(257)]) {
  test(`the password ${JSON.stringify(password.slice(0, 20))} is refused as invalid-password`, async () => {
    await refused("POST", "/api/v1/users", { name: "carl", password }, 400, "invalid-password");
    await refused("PUT", "/api/v1/users/anna/password", { password }, 400, "invalid-password");
  });
}

for (const [staticAddress, code] of [
  ["", "invalid-address"],
  ["10.77.0", "invalid-address"],
  ["10.77.0.256", "invalid-address"],
  ["010.77.0.5", "invalid-address"],
  ["::1", "invalid-address"],
  ["10.77.1.5", "address-outside-network"],
  ["10.77.0.1", "address-reserved"],
  ["10.77.0.255", "address-reserved"],
] as const) {
  test(`the static address ${JSON.stringify(staticAddress)} is refused as ${code}`, async () => {
    await refused("POST", "/api/v1/users", { name: "carl", staticAddress }, 400, code);
    await refused("PATCH", "/api/v1/users/anna", { staticAddress }, 400, code);
    assert.equal((await b.call("GET", "/api/v1/users/anna")).json().staticAddress, null);
  });
}

test("a duplicate name, in any case, is refused as user-exists", async () => {
  await refused("POST", "/api/v1/users", { name: "Anna", password: "p" }, 409, "user-exists");
});

test("a static address of another user is refused as address-taken", async () => {
  await b.call("POST", "/api/v1/users", { name: "dora", staticAddress: "10.77.0.9" });
  await refused("POST", "/api/v1/users", { name: "carl", staticAddress: "10.77.0.9" }, 409, "address-taken");
  await refused("PATCH", "/api/v1/users/anna", { staticAddress: "10.77.0.9" }, 409, "address-taken");
});

for (const [what, body, field] of [
  ["an unknown field", { name: "carl", nam: 1 }, "nam"],
  ["a missing name", { enabled: true }, "name"],
  ["a name that is a number", { name: 7 }, "name"],
  ["enabled as text", { name: "carl", enabled: "true" }, "enabled"],
  ["enabled as a number", { name: "carl", enabled: 1 }, "enabled"],
  ["password null", { name: "carl", password: null }, "password"],
  ["a static address that is a number", { name: "carl", staticAddress: 1 }, "staticAddress"],
] as const) {
  test(`${what} is refused as invalid-request, and the field is named`, async () => {
    const response = await refused("POST", "/api/v1/users", body, 400, "invalid-request");
    assert.equal(response.field, field);
    assert.ok(response.detail.includes(JSON.stringify(field)));
  });
}

test("nothing that was refused is stored", async () => {
  assert.equal((await b.call("GET", "/api/v1/users/carl")).statusCode, 404);
});

for (const [method, path, body] of [
  ["GET", "/api/v1/users/nobody", undefined],
  ["PATCH", "/api/v1/users/nobody", {}],
  ["DELETE", "/api/v1/users/nobody", undefined],
  ["PUT", "/api/v1/users/nobody/password", {}],
] as const) {
  test(`${method} ${path} answers user-not-found`, async () => {
    await refused(method, path, body, 404, "user-not-found");
  });
}

async function refused(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body: object | undefined,
  status: number,
  code: string,
) {
  const response = await b.call(method, path, body);
  const problem = response.json();
  assert.deepEqual([response.statusCode, problem.status, problem.code], [status, status, code]);
  assert.match(String(response.headers["content-type"]), /^application\/problem\+json/);
  return problem;
}
