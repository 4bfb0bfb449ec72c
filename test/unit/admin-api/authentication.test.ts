import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import { REFUSED_TOKENS, REQUESTS_WITHOUT_TOKEN, TOKEN_BUDGET } from "../../../admin-api/limits.ts";
import { type Bench, bench, TOKEN } from "../../support/admin-api.ts";

/** Counts all refusals of this file but those of the last tests: they stay below REFUSED_TOKENS. */
let shared: Bench;
before(async () => {
  shared = await bench();
});
after(() => shared.app.close());

const get = (url: string, authorization?: string, { app }: Bench = shared) =>
  app.inject({ url, headers: authorization === undefined ? {} : { authorization } });

const GUARDED = ["/api/v1/users", "/api/v1/sessions", "/api/v1/attempts", "/api/v1/status", "/metrics"];
const OPEN = ["/healthz", "/readyz", "/api/v1/openapi.json", "/docs", "/docs/json"];

for (const url of GUARDED) {
  test(`${url} needs the token`, async () => {
    const refused = await get(url);
    assert.deepEqual([refused.statusCode, refused.json().code], [401, "unauthorized"]);
    assert.equal(refused.headers["www-authenticate"], 'Bearer realm="pacd"');
    assert.equal((await get(url, `Bearer ${TOKEN}`)).statusCode, 200);
  });
}

for (const url of OPEN) {
  test(`${url} is open`, async () => {
    assert.equal((await get(url)).statusCode, 200);
  });
}

test("the scheme is accepted in any case", async () => {
  assert.equal((await get("/api/v1/status", `bEARER ${TOKEN}`)).statusCode, 200);
});

for (const header of [
  "",
  "Bearer",
  "Bearer ",
  "Bearer wrong",
  `Bearer  ${TOKEN}`,
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN.slice(0, -1)}`,
  `Bearer ${TOKEN} ${TOKEN}`,
  `Basic ${TOKEN}`,
  TOKEN,
  `Bearer ${"x".repeat(5000)}`,
]) {
  test(`the header ${JSON.stringify(header.slice(0, 50))} is refused`, async () => {
    const refused = await get("/api/v1/status", header);
    assert.equal(refused.statusCode, 401);
    assert.equal(refused.headers["www-authenticate"], 'Bearer realm="pacd", error="invalid_token"');
  });
}

test("a request without a valid token changes nothing, and its body is not even looked at", async () => {
  const response = await shared.app.inject({ method: "POST", url: "/api/v1/users", payload: "{" });
  assert.equal(response.statusCode, 401);
  assert.equal(await shared.store.users.count(), 0);
});

async function fresh(t: TestContext): Promise<Bench> {
  const b = await bench();
  t.after(() => b.app.close());
  return b;
}

test("refused tokens are limited by address, and a valid token is never locked out by them", async (t) => {
  const b = await fresh(t);
  for (let i = 0; i < REFUSED_TOKENS; i += 1)
    assert.equal((await get("/metrics", "Bearer wrong", b)).statusCode, 401);
  const limited = await get("/metrics", "Bearer wrong", b);
  assert.deepEqual([limited.statusCode, limited.json().code], [429, "rate-limited"]);
  assert.equal(limited.headers["retry-after"], String(limited.json().retryAfterSeconds));
  assert.equal((await get("/metrics", `Bearer ${TOKEN}`, b)).statusCode, 200);
});

test("open and unknown routes share one limit by address", async (t) => {
  const b = await fresh(t);
  for (let i = 0; i < REQUESTS_WITHOUT_TOKEN; i += 1)
    await get(i % 2 === 0 ? "/healthz" : "/nothing", undefined, b);
  assert.equal((await get("/healthz", undefined, b)).statusCode, 429);
  assert.equal((await get("/nothing", undefined, b)).statusCode, 429);
  assert.equal((await get("/api/v1/status", `Bearer ${TOKEN}`, b)).statusCode, 200);
});

test("a token has a limit of its own", async (t) => {
  const b = await fresh(t);
  for (let i = 0; i < TOKEN_BUDGET; i += 1) await get("/api/v1/sessions", `Bearer ${TOKEN}`, b);
  assert.equal((await get("/api/v1/sessions", `Bearer ${TOKEN}`, b)).statusCode, 429);
});

test("neither token nor password nor query reaches the log", async (t) => {
  const b = await fresh(t);
  await b.call("POST", "/api/v1/users", { name: "anna", password: "clientPass" });
  await get("/api/v1/sessions?user=query-text", "Bearer wrong-token", b);
  const generated = (await b.call("POST", "/api/v1/users", { name: "bert" })).json().password;
  const log = b.log.join("");
  assert.ok(log.includes("/api/v1/users"));
  for (const secret of [TOKEN, "clientPass", "wrong-token", "query-text", generated])
    assert.ok(!log.includes(secret));
});
