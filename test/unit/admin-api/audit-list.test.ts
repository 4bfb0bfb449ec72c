import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
let annaId: string;
before(async () => {
  b = await bench();
  await b.call("POST", "/api/v1/users", { name: "anna" });
  annaId = (await b.call("GET", "/api/v1/users/anna")).json().id;
  await b.call("POST", "/api/v1/users", { name: "bert" });
  b.concentrator.live.push(liveSession());
  await b.call("DELETE", "/api/v1/sessions/s1");
  await b.call("PATCH", "/api/v1/users/anna", { name: "anna.b" });
  await b.call("PATCH", "/api/v1/users/nobody", { enabled: false });
  b.store.audit.own({ action: "start", target: { kind: "server" } });
});
after(() => b.app.close());

const actions = async (query: string): Promise<readonly string[]> => {
  const answer = await b.call("GET", `/api/v1/audit${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json().items.map((one: { action: string }) => one.action);
};

test("without filters: everything, newest first", async () => {
  assert.deepEqual(await actions(""), [
    "start",
    "changeUser",
    "changeUser",
    "disconnectSession",
    "createUser",
    "createUser",
  ]);
});

for (const [query, expected] of [
  ["actor=ADMIN", ["changeUser", "changeUser", "disconnectSession", "createUser", "createUser"]],
  ["actorKind=pacd", ["start"]],
  ["action=createUser", ["createUser", "createUser"]],
  ["targetKind=session", ["disconnectSession"]],
  ["targetKind=session&target=Anna", ["disconnectSession"]],
  ["targetKind=server", ["start"]],
  ["target=bert", ["createUser"]],
  ["result=refused", ["changeUser"]],
  ["result=failed", []],
  ["address=127.0.0.1&action=disconnectSession", ["disconnectSession"]],
  ["address=socket", []],
  ["since=2026-03-01T10:00:00Z&limit=1", ["start"]],
  ["since=2026-03-01T10:00:00.001Z", []],
  ["until=2026-03-01T10:00:00Z", []],
  ["until=2026-03-01T11:00:00.001%2B01:00&action=start", ["start"]],
] as const)
  test(`?${query}`, async () => assert.deepEqual(await actions(`?${query}`), expected));

test("?user has what was done under a name of before, and to sessions of the name", async () => {
  assert.deepEqual(await actions("?user=anna.b"), ["changeUser", "createUser"]);
  assert.deepEqual(await actions("?user=anna"), ["disconnectSession", "createUser"]);
  assert.deepEqual(await actions(`?targetId=${annaId}`), ["changeUser", "createUser"]);
});

test("a record is shown by its ID, found by its request and by the beginning of its ID", async () => {
  const [record] = (await b.call("GET", "/api/v1/audit?target=bert")).json().items;
  assert.deepEqual((await b.call("GET", `/api/v1/audit/${record.id}`)).json(), record);
  assert.deepEqual((await b.call("GET", `/api/v1/audit?requestId=${record.requestId}`)).json().items, [
    record,
  ]);
  assert.deepEqual((await b.call("GET", `/api/v1/audit?idPrefix=${record.id.slice(0, 12)}`)).json().items, [
    record,
  ]);
});

test("an unknown record is audit-not-found", async () => {
  const answer = await b.call("GET", "/api/v1/audit/none");
  assert.deepEqual([answer.statusCode, answer.json().code], [404, "audit-not-found"]);
});

for (const [field, value] of [
  ["since", "yesterday"],
  ["until", "2026-13-01T00:00:00Z"],
  ["result", "good"],
  ["actorKind", "user"],
  ["limit", "0"],
  ["cursor", "x"],
  ["actor", ""],
] as const)
  test(`${field}=${value} is refused, and the field named`, async () => {
    const answer = await b.call("GET", `/api/v1/audit?${field}=${value}`);
    assert.deepEqual(
      [answer.statusCode, answer.json().code, answer.json().field],
      [400, "invalid-request", field],
    );
  });

test("reading it leaves no record", async () => {
  const count = (await actions("")).length;
  await actions("?user=anna");
  assert.equal((await actions("")).length, count);
});
