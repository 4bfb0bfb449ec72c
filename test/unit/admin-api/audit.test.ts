import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { AuditRecord } from "../../../server/store/audit/audit-types.ts";
import { type Bench, bench, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const records = async (): Promise<readonly AuditRecord[]> => (await b.store.audit.list({ limit: 100 })).items;
const last = async (): Promise<AuditRecord> => (await records())[0]!;

test("who disabled Anna, from where, when, with which request, and what it cost", async () => {
  await b.call("POST", "/api/v1/users", { name: "anna", password: "canary-1" });
  const { id: userId } = (await b.call("GET", "/api/v1/users/anna")).json();
  b.concentrator.live.push(liveSession({ userId }));
  const answer = await b.call("PATCH", "/api/v1/users/ANNA", { enabled: false });
  const { id: _, ...record } = await last();
  assert.deepEqual(record, {
    at: "2026-03-01T10:00:00.000Z",
    lastAt: "2026-03-01T10:00:00.000Z",
    count: 1,
    actor: { kind: "token", name: "admin", id: record.actor.id, role: "admin" },
    from: { address: "127.0.0.1", pid: null },
    requestId: answer.headers["x-request-id"],
    action: "changeUser",
    target: { kind: "user", name: "anna", id: userId },
    before: { enabled: true, own: [] },
    after: { enabled: false, own: ["enabled"] },
    effects: { sessionsEnded: 1 },
    result: "done",
    status: 200,
    code: null,
  });
});

test("the record is on the disk when the answer is sent", async () => {
  await b.call("POST", "/api/v1/users", { name: "anna" });
  assert.equal(b.store.audit.figures().waiting, 0);
});

test("a change that changes nothing leaves no record", async () => {
  await b.call("POST", "/api/v1/users", { name: "anna" });
  const before = (await records()).length;
  assert.equal((await b.call("PATCH", "/api/v1/users/anna", { comment: "" })).statusCode, 200);
  assert.equal((await records()).length, before);
});

test("what was refused is on record with its code, also what was never looked at", async () => {
  for (const [method, url, body, code, target] of [
    [
      "PATCH",
      "/api/v1/users/nobody",
      { enabled: false },
      "user-not-found",
      { kind: "user", name: "nobody", id: null },
    ],
    [
      "PATCH",
      "/api/v1/users/anna",
      { enabled: "no" },
      "invalid-request",
      { kind: "user", name: "anna", id: null },
    ],
    [
      "DELETE",
      "/api/v1/sessions/s9",
      undefined,
      "session-not-found",
      { kind: "session", name: null, id: "s9" },
    ],
    ["POST", "/api/v1/users", { name: "a/b" }, "invalid-name", { kind: "user", name: null, id: null }],
  ] as const) {
    const { statusCode } = await b.call(method, url, body);
    const record = await last();
    assert.deepEqual(
      [record.result, record.status, record.code, record.target, record.before, record.after],
      ["refused", statusCode, code, target, null, null],
    );
  }
});

test("a wrong token is nobody's, and never on record; a name that was claimed is", async () => {
  const basic = Buffer.from("anna:canary-2").toString("base64");
  for (const [authorization, name] of [
    ["Bearer canary-3", null],
    [`Basic ${basic}`, "anna"],
    [`Basic ${Buffer.from("canary-4").toString("base64")}`, null],
  ] as const) {
    await b.app.inject({ method: "GET", url: "/api/v1/users", headers: { authorization } });
    const record = await last();
    assert.deepEqual(record.actor, { kind: "nobody", name, id: null, role: null });
    assert.deepEqual([record.result, record.status, record.code], ["refused", 401, "unauthorized"]);
  }
  assert.doesNotMatch(JSON.stringify(await records()), /canary/);
});

test("strangers who try tokens all day leave a handful of records, which count them", async () => {
  for (let i = 0; i < 300; i++)
    await b.app.inject({ url: "/api/v1/users", headers: { authorization: `Bearer t${i}` } });
  const all = await records();
  assert.ok(all.length <= 8, String(all.length));
  assert.equal(
    all.reduce((sum, { count }) => sum + count, 0),
    300,
  );
});

test("reads leave no record, nor what there is not, nor a check, nor a dry run", async () => {
  await b.app.close();
  b = await bench({
    reload: async (dryRun) => ({
      dryRun,
      file: null,
      changes: [],
      sessions: { live: 0, ended: 0, noLongerAllowed: 0 },
      notes: [],
    }),
  });
  await b.call("GET", "/api/v1/users");
  await b.call("GET", "/api/v1/users/nobody");
  await b.call("DELETE", "/api/v1/nothing");
  await b.call("POST", "/api/v1/config:check", { toml: "" });
  await b.call("POST", "/api/v1/config:reload", { dryRun: true });
  assert.deepEqual(await records(), []);
  await b.call("POST", "/api/v1/config:reload", {});
  assert.equal((await last()).action, "reloadConfig");
});

test("every answer says its request ID, and no two are the same", async () => {
  const ids = [];
  for (const url of ["/healthz", "/nothing", "/api/v1/users", "/api/v1/status"])
    ids.push(
      (await b.app.inject({ url, headers: { authorization: `Bearer ${TOKEN}` } })).headers["x-request-id"],
    );
  for (const id of ids) assert.match(String(id), /^[0-9a-f]{8}-[0-9a-z]+$/);
  assert.equal(new Set(ids).size, ids.length);
});
