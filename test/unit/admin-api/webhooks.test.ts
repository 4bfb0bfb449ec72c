import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench, NOW, TOKENS } from "../../support/admin-api.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const URL_OF = "https://hooks.example.com/pacd?key=3q2-7w";

async function made(body: object = {}) {
  const answer = await b.call("POST", "/api/v1/webhooks", { url: URL_OF, ...body });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json() as { id: string; secret: string | null };
}

test("a web hook shows its secret once, where pacd has made it", async () => {
  const answer = await b.call("POST", "/api/v1/webhooks", { url: URL_OF, description: "On-call chat" });
  const { secret, ...shown } = answer.json();
  assert.match(secret, /^pacdhook_[A-Za-z0-9_-]{43}$/);
  assert.equal(answer.headers.location, `/api/v1/webhooks/${shown.id}`);
  assert.deepEqual(shown, {
    id: shown.id,
    description: "On-call chat",
    url: URL_OF,
    allowPlain: false,
    filter: { types: null, user: null, address: null, group: null },
    enabled: true,
    pending: 0,
    attempts: 0,
    failingSince: null,
    nextTryAt: null,
    disabledBecause: null,
    lastDelivery: null,
    createdAt: NOW,
    createdBy: "token admin",
    updatedAt: NOW,
  });
  assert.equal(b.store.webhooks.secretOf(shown.id), secret);
  assert.deepEqual((await b.call("GET", `/api/v1/webhooks/${shown.id}`)).json(), shown);
  assert.deepEqual((await b.call("GET", "/api/v1/webhooks")).json(), { items: [shown] });
  const given = await made({ secret: "a-secret-that-somebody-has-given" });
  assert.equal(given.secret, null);
  assert.equal(b.store.webhooks.secretOf(given.id), "a-secret-that-somebody-has-given");
});

test("whoever is no admin sees no query of a URL, and nor does the audit", async () => {
  const { id } = await made();
  const headers = { authorization: `Bearer ${TOKENS.viewer}` };
  for (const url of ["/api/v1/webhooks", `/api/v1/webhooks/${id}`]) {
    const { body } = await b.app.inject({ url, headers });
    assert.ok(body.includes("https://hooks.example.com/pacd?…") && !body.includes("3q2"), body);
  }
  await b.call("PATCH", `/api/v1/webhooks/${id}`, { url: "https://hooks.example.com/pacd?key=another" });
  const { items } = await b.store.audit.list({ limit: 100, targetKind: "webhook" });
  assert.deepEqual(
    items.map(({ action, effects }) => [action, effects]),
    [
      ["changeWebhook", { queryChanged: true }],
      ["createWebhook", null],
    ],
  );
  assert.doesNotMatch(JSON.stringify(items), /3q2|another/);
  assert.deepEqual(items[1]!.after, {
    url: "https://hooks.example.com/pacd?…",
    description: "",
    allowPlain: false,
    filter: {},
    enabled: true,
  });
});

for (const [what, body, code, field] of [
  ["no URL", { url: "hooks.example.com" }, "invalid-webhook-url", "url"],
  ["http:// to elsewhere", { url: "http://hooks.example.com/" }, "invalid-webhook-url", "url"],
  ["a password in the URL", { url: "https://a:b@hooks.example.com/" }, "invalid-webhook-url", "url"],
  ["a short secret", { url: URL_OF, secret: "too-short" }, "invalid-request", "secret"],
  ["a secret with a space", { url: URL_OF, secret: `${"x".repeat(30)} ` }, "invalid-request", "secret"],
  ["no type of events", { url: URL_OF, filter: { types: ["x"] } }, "invalid-request", "filter.types"],
  ["no types at all", { url: URL_OF, filter: { types: [] } }, "invalid-request", "filter.types"],
  ["no address", { url: URL_OF, filter: { address: "x" } }, "invalid-address", "filter.address"],
  ["an unknown field", { url: URL_OF, method: "PUT" }, "invalid-request", "method"],
  ["no body", {}, "invalid-request", "url"],
] as const)
  test(`${what} is refused, with code and field, and nothing is stored`, async () => {
    const answer = await b.call("POST", "/api/v1/webhooks", body);
    assert.deepEqual([answer.json().code, answer.json().field], [code, field], answer.body);
    assert.deepEqual(b.store.webhooks.all(), []);
  });

test("a change leaves what it does not name; a filter counts as a whole; null in it is nothing", async () => {
  const { id } = await made({ filter: { types: ["session-up"], user: "anna" } });
  const change = async (body: object) => (await b.call("PATCH", `/api/v1/webhooks/${id}`, body)).json();
  assert.equal((await change({ enabled: false })).pending, null);
  const { filter, enabled } = await change({ filter: { group: "staff", user: null } });
  assert.deepEqual([filter, enabled], [{ types: null, user: null, address: null, group: "staff" }, false]);
  assert.equal((await change({ url: "http://hooks.example.com/" })).code, "invalid-webhook-url");
  assert.equal((await change({ url: "http://hooks.example.com/", allowPlain: true })).allowPlain, true);
  // Not by a detour either.
  assert.equal((await change({ allowPlain: false })).code, "invalid-webhook-url");
});

test("what was missed can be skipped", async () => {
  const { id } = await made({ enabled: false });
  b.events.publish({ type: "condition-cleared", data: { code: "x", subject: "", lastedSeconds: 1 } });
  const { lastId } = b.events;
  await b.call("PATCH", `/api/v1/webhooks/${id}`, { enabled: true, skipMissed: true });
  assert.ok(b.store.webhooks.get(id)!.cursor >= lastId);
  const { items } = await b.store.audit.list({ limit: 1, action: "changeWebhook" });
  assert.deepEqual(items[0]!.effects, { skippedMissed: true });
});

test("a test answers what came of it, and stands among the deliveries", async () => {
  const { id } = await made();
  const tried = await b.call("POST", `/api/v1/webhooks/${id}:test`);
  assert.equal(tried.statusCode, 200, tried.body);
  const delivery = {
    eventId: null,
    eventType: "test",
    attempt: 1,
    at: NOW,
    durationMs: tried.json().durationMs,
    status: 204,
    result: "delivered",
    detail: "It answered 204.",
  };
  assert.deepEqual(tried.json(), delivery);
  const list = async (query = "") =>
    (await b.call("GET", `/api/v1/webhooks/${id}/deliveries${query}`)).json();
  assert.ok((await list()).items.some(({ eventType }: { eventType: string }) => eventType === "test"));
  assert.deepEqual((await list("?result=failed")).items, []);
  assert.equal((await list("?result=other")).code, "invalid-request");
  assert.deepEqual((await b.call("GET", `/api/v1/webhooks/${id}`)).json().lastDelivery?.status, 204);
});

test("a new secret is shown once where pacd has made it", async () => {
  const { id, secret } = await made();
  const rotated = (await b.call("POST", `/api/v1/webhooks/${id}:rotate`, {})).json();
  assert.notEqual(rotated.secret, secret);
  assert.equal(b.store.webhooks.secretOf(id), rotated.secret);
  const own = { secret: "a-secret-that-somebody-has-given" };
  assert.equal((await b.call("POST", `/api/v1/webhooks/${id}:rotate`, own)).json().secret, null);
  assert.equal(b.store.webhooks.secretOf(id), own.secret);
});

test("one that is not there is not found, whatever is asked of it", async () => {
  for (const [method, url, body] of [
    ["GET", "none"],
    ["PATCH", "none", { enabled: true }],
    ["DELETE", "none"],
    ["GET", "none/deliveries"],
    ["POST", "none:test"],
    ["POST", "none:rotate", {}],
  ] as const) {
    const answer = await b.call(method, `/api/v1/webhooks/${url}`, body);
    assert.deepEqual([answer.statusCode, answer.json().code], [404, "webhook-not-found"], `${method} ${url}`);
  }
  const { id } = await made();
  assert.equal((await b.call("DELETE", `/api/v1/webhooks/${id}`)).statusCode, 204);
  assert.deepEqual((await b.call("GET", "/api/v1/webhooks")).json(), { items: [] });
});

test("the metrics count what was sent, and what the audit wrote", async () => {
  const { id } = await made({ enabled: false });
  await b.call("POST", `/api/v1/webhooks/${id}:test`);
  b.store.webhooks.disable(id, "Nothing was taken.");
  const { body } = await b.call("GET", "/metrics");
  const lines = body.split("\n");
  for (const line of [
    'pacd_webhook_deliveries_total{result="delivered"} 1',
    'pacd_webhook_deliveries_total{result="failed"} 0',
    "pacd_webhook_events_pending 0",
    "pacd_webhooks_failing 1",
    "pacd_audit_records_waiting 0",
    "pacd_audit_records_written_total 2",
    "pacd_audit_records_dropped_total 0",
  ])
    assert.ok(
      lines.includes(line),
      `${line} in ${lines.filter((one) => /webhook|audit/.test(one)).join("\n")}`,
    );
});
