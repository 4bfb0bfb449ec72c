import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench, NOW } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
const ids: Record<string, string> = {};
before(async () => {
  b = await bench();
  await b.store.groups.create({ name: "staff", enabled: false });
  for (const [name, more] of [
    ["anna", { comment: "Room 7", labels: { department: "sales", note: "a=b" } }],
    ["bo", { group: "staff", staticAddress: "10.77.0.20" }],
    ["cy", { validUntil: "2026-02-01T00:00:00Z", passwordExpiresAt: NOW, labels: { department: "it" } }],
  ] as const)
    ids[name] = (await b.store.users.create({ name, password: "p", ...more })).id;
  b.concentrator.live.push(
    liveSession({ userId: ids["anna"]!, user: "anna", assignedAddress: "10.77.0.30" }),
  );
});
after(() => b.app.close());

const names = async (query: string) => {
  const answer = await b.call("GET", `/api/v1/users?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json().items.map((user: { name: string }) => user.name);
};

test("users are found by each filter, and by several at once", async () => {
  for (const [query, expected] of [
    ["q=ANN", ["anna"]],
    ["q=room", ["anna"]],
    ["group=STAFF", ["bo"]],
    ["group=none", ["anna", "cy"]],
    ["enabled=false", ["bo"]],
    ["enabled=true", ["anna", "cy"]],
    ["expired=true", ["cy"]],
    ["passwordExpired=true", ["cy"]],
    ["neverLoggedIn=true", ["anna", "bo", "cy"]],
    ["neverLoggedIn=false", []],
    ["connected=true", ["anna"]],
    ["connected=false", ["bo", "cy"]],
    ["address=10.77.0.20", ["bo"]],
    ["address=10.77.0.30", ["anna"]],
    ["label=department", ["anna", "cy"]],
    ["label=department%3Dit", ["cy"]],
    ["label=note%3Da%3Db", ["anna"]],
    ["label=department&label=note", ["anna"]],
    ["sort=-name", ["cy", "bo", "anna"]],
    ["sort=-passwordExpiresAt", ["cy", "bo", "anna"]],
    ["group=none&expired=false&sort=-name", ["anna"]],
  ] as const)
    assert.deepEqual(await names(query), expected, query);
});

test("a filter that means nothing is refused, with its field", async () => {
  for (const [query, code, field] of [
    ["enabled=maybe", "invalid-request", "enabled"],
    ["q=", "invalid-request", "q"],
    ["q=a&q=b", "invalid-request", "q"],
    ["sort=size", "invalid-request", "sort"],
    ["address=10.77", "invalid-address", "address"],
    ["state=live", "invalid-request", "state"],
  ] as const) {
    const answer = await b.call("GET", `/api/v1/users?${query}`);
    assert.deepEqual([answer.statusCode, answer.json().code, answer.json().field], [400, code, field], query);
  }
});

test("one user shows the latest dial that failed, and a list does not look", async () => {
  const dial = (id: string, verdict: string, sessionId: string | null) => {
    b.store.records.begin({
      id,
      startedAt: `2026-03-01T09:0${id.slice(1)}:00.000Z`,
      clientAddress: "203.0.113.7",
    });
    b.store.records.update(id, { user: "anna", userId: ids["anna"]!, verdict, sessionId, endedAt: NOW });
  };
  dial("a1", "bad-credentials", null);
  dial("a2", "outside-hours", null);
  dial("a3", "connected", "s1");
  const { lastFailure } = (await b.call("GET", "/api/v1/users/anna")).json();
  assert.deepEqual(lastFailure, {
    at: "2026-03-01T09:02:00.000Z",
    address: "203.0.113.7",
    verdict: "outside-hours",
    attemptId: "a2",
  });
  const { items } = (await b.call("GET", "/api/v1/users?q=anna")).json();
  assert.equal("lastFailure" in items[0], false);
  assert.equal("lastFailure" in (await b.call("GET", "/api/v1/users/bo")).json(), false);
});

test("a static address that another user holds at this moment is set, and said", async () => {
  const changed = await b.call("PATCH", "/api/v1/users/cy", { staticAddress: "10.77.0.30" });
  assert.equal(changed.statusCode, 200);
  const note = "10.77.0.30 is held now by anna, until that session ends.";
  assert.deepEqual([changed.json().staticAddress, changed.json().notes], ["10.77.0.30", [note]]);
  // Not set by this request.
  assert.equal("notes" in (await b.call("PATCH", "/api/v1/users/cy", { comment: "x" })).json(), false);
  await b.call("PATCH", "/api/v1/users/cy", { staticAddress: null });
  const created = await b.call("POST", "/api/v1/users", { name: "dora", staticAddress: "10.77.0.30" });
  assert.deepEqual([created.statusCode, created.json().notes], [201, [note]]);
  await b.call("DELETE", "/api/v1/users/dora");
  // One's own session is no other's.
  const own = await b.call("PATCH", "/api/v1/users/anna", { staticAddress: "10.77.0.30" });
  assert.deepEqual([own.statusCode, "notes" in own.json()], [200, false]);
});
