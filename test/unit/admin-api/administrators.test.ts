import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench, NOW } from "../../support/admin-api.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const PASSWORD = "correct horse battery";
const add = (body: object = {}) =>
  b.call("POST", "/api/v1/admins", { name: "Anna", password: PASSWORD, role: "admin", ...body });
const logIn = (name = "anna", password = PASSWORD) =>
  b.app.inject({ method: "POST", url: "/api/v1/log-in", payload: { name, password } });
const status = (token: string) =>
  b.app.inject({ url: "/api/v1/status", headers: { authorization: `Bearer ${token}` } });

test("an administrator is added, shown and listed, and the password is in nothing of it", async () => {
  const answer = await add();
  assert.deepEqual([answer.statusCode, answer.headers.location], [201, "/api/v1/admins/Anna"]);
  const made = answer.json();
  assert.deepEqual(made, {
    id: made.id,
    name: "Anna",
    role: "admin",
    enabled: true,
    createdAt: NOW,
    createdBy: "token admin",
    updatedAt: NOW,
    passwordChangedAt: NOW,
    lastLogInAt: null,
    lastLogInAddress: null,
  });
  assert.deepEqual((await b.call("GET", "/api/v1/admins/anna")).json(), made);
  assert.deepEqual((await b.call("GET", "/api/v1/admins")).json(), { items: [made] });
  const { password } = (await b.store.administrators.secret("anna"))!;
  assert.match(password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.ok(!b.log.join("").includes(PASSWORD));
});

for (const [what, body, code] of [
  ["a password of 11 characters", { password: "elevenchars" }, "invalid-password"],
  ["a password of 257 characters", { password: "x".repeat(257) }, "invalid-password"],
  ["half a character in a password", { password: `${"x".repeat(12)}\ud800` }, "invalid-password"],
  ["a name with a slash", { name: "a/b" }, "invalid-name"],
  ["a role that there is not", { role: "root" }, "invalid-request"],
] as const)
  test(`${what} is refused`, async () => {
    const answer = await add(body);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, code]);
    assert.deepEqual((await b.call("GET", "/api/v1/admins")).json().items, []);
  });

test("the last administrator who may do everything is removed only where that is said", async () => {
  await add();
  const refused = await b.call("DELETE", "/api/v1/admins/anna");
  assert.deepEqual([refused.statusCode, refused.json().code], [409, "last-administrator"]);
  assert.equal((await b.call("PATCH", "/api/v1/admins/anna", { enabled: false })).statusCode, 409);
  assert.equal((await b.call("DELETE", "/api/v1/admins/anna?last=true")).statusCode, 204);
});

test("a log-in gives a token with the administrator's role, for twelve hours, until the log-out", async () => {
  await add({ role: "operator" });
  const answer = await logIn("ANNA");
  const { token, tokenId, expiresAt, administrator } = answer.json();
  assert.deepEqual([answer.statusCode, expiresAt], [200, "2026-03-01T22:00:00.000Z"]);
  assert.deepEqual([administrator.name, administrator.lastLogInAddress], ["Anna", "127.0.0.1"]);
  const listed = (await b.call("GET", `/api/v1/tokens/${tokenId}`)).json();
  assert.deepEqual([listed.kind, listed.name, listed.role], ["log-in", "Anna", "operator"]);
  assert.equal((await status(token)).statusCode, 200);
  const headers = { authorization: `Bearer ${token}` };
  const refused = await b.app.inject({ url: "/api/v1/tokens", headers });
  assert.match(refused.json().detail, /the administrator "Anna" has the role operator/);
  const out = () => b.app.inject({ method: "POST", url: "/api/v1/log-out", headers });
  assert.deepEqual([(await out()).statusCode, (await out()).statusCode], [204, 401]);
  assert.equal((await b.call("POST", "/api/v1/log-out")).json().code, "invalid-request");
  const log = b.log.join("");
  for (const secret of [token, PASSWORD]) assert.ok(!log.includes(secret));
});

for (const [what, change] of [
  ["another role", () => b.call("PATCH", "/api/v1/admins/anna", { role: "viewer" })],
  ["the end of enabled", () => b.call("PATCH", "/api/v1/admins/anna", { enabled: false })],
  ["another password", () => b.call("PUT", "/api/v1/admins/anna/password", { password: "x".repeat(12) })],
  ["removal", () => b.call("DELETE", "/api/v1/admins/anna")],
] as const)
  test(`${what} ends the log-ins`, async () => {
    await add();
    await add({ name: "Bert" });
    const { token } = (await logIn()).json();
    assert.ok((await change()).statusCode < 300);
    assert.equal((await status(token)).statusCode, 401);
  });

test("an unknown name, a wrong password and a disabled administrator get the same answer", async () => {
  await add({ enabled: false });
  await add({ name: "Bert" });
  const answers = [await logIn("nobody"), await logIn("bert", "wrong password"), await logIn("anna")];
  assert.deepEqual(new Set(answers.map(({ body }) => body)).size, 1);
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [401, 401, 401],
  );
  assert.equal(answers[0]?.json().code, "log-in-refused");
});

test("wrong log-ins are slowed by name, the right password too, and log-ins from elsewhere are not", async () => {
  await add();
  for (let i = 0; i < 6; i++) assert.equal((await logIn("anna", "wrong password")).statusCode, 401);
  const slowed = await logIn();
  assert.deepEqual(
    [slowed.statusCode, slowed.json().code, slowed.headers["retry-after"]],
    [429, "rate-limited", "5"],
  );
  const payload = { name: "anna", password: PASSWORD };
  const elsewhere = await b.app.inject({
    method: "POST",
    url: "/api/v1/log-in",
    remoteAddress: "192.0.2.7",
    payload,
  });
  assert.equal(elsewhere.statusCode, 200);
});

test("many names from one address are slowed, also those that nobody has", async () => {
  for (let i = 0; i < 21; i++) assert.equal((await logIn(`name${i}`, "wrong password")).statusCode, 401);
  assert.equal((await logIn("another", "wrong password")).statusCode, 429);
});

test("of many log-ins at once each counts, and more than can wait are told to come again", async () => {
  await add();
  const all = await Promise.all(Array.from({ length: 40 }, () => logIn("anna", "wrong password")));
  const judged = all.filter(({ statusCode }) => statusCode === 401).length;
  assert.equal(judged, 6);
  assert.equal(all.filter(({ statusCode }) => statusCode === 429).length, 34);
});
