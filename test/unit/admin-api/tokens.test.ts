import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { isTokenText } from "../../../admin-api/people/token-text.ts";
import { type Bench, bench, NOW, TOKEN } from "../../support/admin-api.ts";
import { openTemporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

let b: Bench;
let clock: VirtualClock;
beforeEach(async () => {
  clock = new VirtualClock(Date.parse(NOW));
  const { store, close } = await openTemporaryStore({ clock });
  b = await bench({ store, now: () => clock.date(), after: (delay, task) => clock.after(delay, task) });
  b.app.addHook("onClose", close);
});
afterEach(() => b.app.close());

const get = (token: string, { url = "/api/v1/status", from = "192.0.2.7" } = {}) =>
  b.app.inject({ url, remoteAddress: from, headers: { authorization: `Bearer ${token}` } });

async function made(body: object = {}) {
  const answer = await b.call("POST", "/api/v1/tokens", { name: "backup", role: "viewer", ...body });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json() as { id: string; token: string; name: string };
}

test("a token is shown once, holds from then on, and is known by its mark and checksum", async () => {
  const answer = await b.call("POST", "/api/v1/tokens", { name: "my backup", role: "viewer" });
  assert.equal(answer.headers.location, "/api/v1/tokens/my%20backup");
  const { token, ...shown } = answer.json();
  assert.match(token, /^pacd_[A-Za-z0-9_-]{49}$/);
  assert.ok(isTokenText(token) && !isTokenText(`${token.slice(0, -1)}-`));
  assert.deepEqual(shown, {
    id: shown.id,
    kind: "token",
    name: "my backup",
    role: "viewer",
    sources: [],
    createdAt: NOW,
    createdBy: "token admin",
    expiresAt: null,
    expired: false,
    lastUsedAt: null,
    lastUsedAddress: null,
  });
  assert.equal((await get(token)).statusCode, 200);
  const listed = await b.call("GET", "/api/v1/tokens/my%20backup");
  assert.deepEqual(listed.json(), { ...shown, lastUsedAt: NOW, lastUsedAddress: "192.0.2.7" });
  const all = (await b.call("GET", "/api/v1/tokens")).body;
  assert.ok(all.includes("my backup") && !all.includes(token));
  assert.ok(!b.log.join("").includes(token));
});

test("a token may do what its role may, and who has none of it is named in the refusal", async () => {
  const { token } = await made();
  const refused = await b.app.inject({
    method: "DELETE",
    url: "/api/v1/users/anna",
    headers: { authorization: `Bearer ${token}` },
  });
  assert.deepEqual([refused.statusCode, refused.json().neededRole], [403, "operator"]);
  assert.match(refused.json().detail, /the token "backup" has the role viewer/);
});

test("a revoked token is refused from the next request on", async () => {
  const { token, id } = await made();
  assert.equal((await get(token)).statusCode, 200);
  assert.equal((await b.call("DELETE", `/api/v1/tokens/${id}`)).statusCode, 204);
  assert.equal((await get(token)).statusCode, 401);
  const again = await b.call("DELETE", `/api/v1/tokens/${id}`);
  assert.deepEqual([again.statusCode, again.json().code], [404, "token-not-found"]);
});

test("a token is refused from the moment at which it expires, and stays in the list", async () => {
  const { token } = await made({ expiresAt: "2026-03-01T12:00:00+01:00" });
  await clock.advance(3_599_999);
  assert.equal((await get(token)).statusCode, 200);
  await clock.advance(1);
  assert.equal((await get(token)).statusCode, 401);
  const { expired, expiresAt } = (await b.call("GET", "/api/v1/tokens/backup")).json();
  assert.deepEqual([expired, expiresAt], [true, "2026-03-01T11:00:00.000Z"]);
});

test("a token is taken from its own networks alone, and the log says what came from elsewhere", async () => {
  const { token } = await made({ sources: ["192.0.2.0/24", "2001:DB8::/32"] });
  assert.deepEqual((await b.call("GET", "/api/v1/tokens/backup")).json().sources, [
    "192.0.2.0/24",
    "2001:db8::/32",
  ]);
  for (const from of ["192.0.2.9", "2001:db8::7", "::ffff:192.0.2.1"])
    assert.equal((await get(token, { from })).statusCode, 200, from);
  const refused = await get(token, { from: "198.51.100.1" });
  assert.deepEqual([refused.statusCode, refused.json().code], [403, "forbidden"]);
  assert.equal(refused.json().detail, "This token is not taken from 198.51.100.1.");
  const line = b.log.find((text) => text.includes("another network than its own"))!;
  assert.ok(line.includes('"token":"backup"') && !line.includes(token));
  assert.equal((await b.call("GET", "/api/v1/tokens/backup")).json().lastUsedAddress, "::ffff:192.0.2.1");
});

for (const [what, body, field] of [
  ["a time that is past", { expiresAt: "2026-03-01T10:00:00Z" }, "expiresAt"],
  ["a time without a zone", { expiresAt: "2027-03-01T10:00:00" }, "expiresAt"],
  ["an address inside a network", { sources: ["192.0.2.1/24"] }, "sources"],
  ["no network at all", { sources: ["office"] }, "sources"],
  ["a role that there is not", { role: "root" }, "role"],
  ["no role", { role: undefined }, "role"],
  ["a name with a slash", { name: "a/b" }, "name"],
  ["an unknown field", { scope: "all" }, "scope"],
] as const)
  test(`${what} is refused, and nothing is made`, async () => {
    const answer = await b.call("POST", "/api/v1/tokens", { name: "backup", role: "viewer", ...body });
    assert.deepEqual([answer.statusCode, answer.json().field], [400, field], answer.body);
    assert.equal((await b.call("GET", "/api/v1/tokens/backup")).statusCode, 404);
  });

test("a name that is taken is token-exists", async () => {
  await made();
  const again = await b.call("POST", "/api/v1/tokens", { name: "BACKUP", role: "admin" });
  assert.deepEqual([again.statusCode, again.json().code], [409, "token-exists"]);
});

test("each token has a budget of its own: long pages cost more, and answers say what is left", async () => {
  const { token } = await made();
  const left = async (url: string) => Number((await get(token, { url })).headers["ratelimit-remaining"]);
  assert.equal(await left("/api/v1/users"), 2999);
  assert.equal(await left("/api/v1/users?limit=100"), 2998);
  assert.equal(await left("/api/v1/users?limit=1000"), 2988);
  for (let i = 0; i < 298; i++) await get(token, { url: "/api/v1/users?limit=1000" });
  const limited = await get(token, { url: "/api/v1/users?limit=1000" });
  assert.deepEqual(
    [limited.statusCode, limited.json().code, limited.headers["retry-after"]],
    [429, "rate-limited", "1"],
  );
  assert.deepEqual(
    ["limit", "remaining", "reset"].map((name) => limited.headers[`ratelimit-${name}`]),
    ["3000", "8", "60"],
  );
  assert.equal((await get(token)).statusCode, 200);
  assert.equal((await get(TOKEN)).headers["ratelimit-remaining"], "2998");
  await clock.advance(1000);
  assert.equal(await left("/api/v1/users?limit=1000"), 47);
});

test("a body of 64 KiB costs more than a short one", async () => {
  const before = Number((await get(TOKEN)).headers["ratelimit-remaining"]);
  const answer = await b.call("POST", "/api/v1/users", {
    name: "anna",
    allowedSources: ["x".repeat(50_000)],
  });
  assert.equal(before - Number(answer.headers["ratelimit-remaining"]), 1 + 3);
});
