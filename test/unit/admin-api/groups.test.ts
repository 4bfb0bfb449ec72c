import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { UNDECIDED } from "../../../server/policy/group-policy.ts";
import { type Bench, bench, NOW, TOKEN } from "../../support/admin-api.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const GROUPS = "/api/v1/groups";
const USERS = "/api/v1/users";
let id = "";

/** A merge patch, where null takes back. */
const merge = (url: string, body: object) =>
  b.app.inject({
    method: "PATCH",
    url,
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/merge-patch+json" },
    payload: JSON.stringify(body),
  });

test("POST answers 201 with the group, which decides nothing but what was said", async () => {
  const answer = await b.call("POST", GROUPS, { name: "Müller & Co", comment: "Room 7", rateUp: 8_000_000 });
  assert.equal(answer.statusCode, 201);
  assert.equal(answer.headers.location, "/api/v1/groups/M%C3%BCller%20%26%20Co");
  const group = answer.json();
  id = group.id;
  assert.deepEqual(group, {
    ...UNDECIDED,
    id,
    name: "Müller & Co",
    comment: "Room 7",
    rateUp: 8_000_000,
    users: 0,
    createdAt: NOW,
    updatedAt: NOW,
  });
  assert.deepEqual((await b.call("GET", answer.headers.location)).json(), group);
  assert.deepEqual((await b.call("GET", GROUPS)).json(), { items: [group] });
});

test("a group that there is, a pool that there is not, a wrong field: a problem each, and nothing is stored", async () => {
  for (const [body, status, code, field] of [
    [{ name: "MÜLLER & CO" }, 409, "group-exists", "name"],
    [{ name: "none" }, 400, "invalid-name", "name"],
    [{ name: "x", pool: "cellar" }, 400, "pool-unknown", "pool"],
    [{ name: "x", allowedHours: ["never"] }, 400, "invalid-policy", "allowedHours"],
    [{ name: "x", comment: "a\nb" }, 400, "invalid-comment", "comment"],
    [{ name: "x", staticAddress: "10.77.0.20" }, 400, "invalid-request", "staticAddress"],
    [{ name: "x", passwordExpiresAt: null }, 400, "invalid-request", "passwordExpiresAt"],
    [{}, 400, "invalid-request", "name"],
  ] as const) {
    const answer = await b.call("POST", GROUPS, body);
    assert.deepEqual([answer.statusCode, answer.json().code, answer.json().field], [status, code, field]);
  }
  assert.equal((await b.call("GET", GROUPS)).json().items.length, 1);
});

test("a user in a group shows what applies, and what decides each field", async () => {
  const added = await b.call("POST", USERS, { name: "anna", group: "MÜLLER & CO", rateDown: 9_000_000 });
  const anna = added.json();
  assert.deepEqual([anna.group, anna.groupId, anna.own], ["Müller & Co", id, ["rateDown"]]);
  assert.deepEqual([anna.rateUp, anna.from.rateUp], [8_000_000, "group"]);
  assert.deepEqual([anna.rateDown, anna.from.rateDown], [9_000_000, "user"]);
  assert.deepEqual([anna.pool, anna.from.pool, anna.from.enabled], [null, "configuration", "default"]);
  assert.equal((await b.call("GET", `${GROUPS}/${encodeURIComponent("müller & co")}`)).json().users, 1);
  const listed = (await b.call("GET", USERS)).json().items[0];
  assert.deepEqual(listed.from, anna.from);
});

test("null in plain JSON is the user's own, in a merge patch it is inherited again, and so is what `inherit` names", async () => {
  const own = (await b.call("PATCH", `${USERS}/anna`, { rateUp: null })).json();
  assert.deepEqual([own.rateUp, own.from.rateUp, own.own], [null, "user", ["rateUp", "rateDown"]]);
  const back = (await merge(`${USERS}/anna`, { rateUp: null })).json();
  assert.deepEqual([back.rateUp, back.from.rateUp, back.own], [8_000_000, "group", ["rateDown"]]);
  await b.call("PATCH", `${USERS}/anna`, { rateUp: null, maxSessions: 3 });
  const named = (await b.call("PATCH", `${USERS}/anna`, { inherit: ["rateUp", "maxSessions"] })).json();
  assert.deepEqual([named.rateUp, named.maxSessions, named.own], [8_000_000, null, ["rateDown"]]);
});

test("the number of sessions comes from the group where it decides that", async () => {
  await b.call("PATCH", `${GROUPS}/${encodeURIComponent("Müller & Co")}`, { maxSessions: 2 });
  const { sessionLimit } = (await b.call("GET", `${USERS}/anna`)).json();
  assert.deepEqual(sessionLimit, { sessions: 2, from: "group" });
});

test("PATCH answers with the group and what the change meant: sessions ended, and who has an own value", async () => {
  const path = `${GROUPS}/${encodeURIComponent("Müller & Co")}`;
  const changed = (
    await b.call("PATCH", path, { rateDown: 1_000_000, rateUp: 2_000_000, name: "Sales" })
  ).json();
  assert.deepEqual([changed.id, changed.name, changed.rateUp, changed.users], [id, "Sales", 2_000_000, 1]);
  assert.deepEqual(changed.effects, { sessionsEnded: 0, overridden: { rateDown: 1 } });
  assert.equal(b.concentrator.changedGroups.at(-1), id);
  const anna = (await b.call("GET", `${USERS}/anna`)).json();
  assert.deepEqual(
    [anna.group, anna.groupId, anna.rateUp, anna.rateDown],
    ["Sales", id, 2_000_000, 9_000_000],
  );
  const back = (await merge(`${GROUPS}/sales`, { rateDown: null, comment: null })).json();
  assert.deepEqual([back.rateDown, back.comment], [null, ""]);
});

test("PATCH refuses what POST refuses, and nothing changes", async () => {
  const before = (await b.call("GET", `${GROUPS}/sales`)).json();
  for (const body of [{ pool: "cellar" }, { rateUp: 1 }, { name: "a/b" }, { nothing: 1 }, { enabled: 1 }])
    assert.equal((await b.call("PATCH", `${GROUPS}/sales`, { comment: "x", ...body })).statusCode, 400);
  assert.deepEqual((await b.call("GET", `${GROUPS}/sales`)).json(), before);
  assert.equal((await b.call("PATCH", `${GROUPS}/nobody`, {})).json().code, "group-not-found");
});

test("a user is moved to another group and out of it; one that there is not is group-unknown", async () => {
  await b.call("POST", GROUPS, { name: "guests", rateUp: 64_000 });
  const moved = (await b.call("PATCH", `${USERS}/anna`, { group: "guests" })).json();
  assert.deepEqual([moved.group, moved.rateUp, moved.rateDown], ["guests", 64_000, 9_000_000]);
  assert.equal(b.concentrator.changedUsers.at(-1)?.group?.name, "guests");
  const wrong = (await b.call("PATCH", `${USERS}/anna`, { group: "nobody", enabled: false })).json();
  assert.deepEqual([wrong.code, wrong.field], ["group-unknown", "group"]);
  const out = (await merge(`${USERS}/anna`, { group: null })).json();
  assert.deepEqual([out.group, out.groupId, out.rateUp, out.enabled], [null, null, null, true]);
});

test("labels are replaced in plain JSON and merged one by one in a merge patch, and the comment likewise", async () => {
  const labels = { department: "sales", laptop: "" };
  const set = (await b.call("PATCH", `${USERS}/anna`, { labels, comment: "until May" })).json();
  assert.deepEqual([set.labels, set.comment], [labels, "until May"]);
  const merged = (await merge(`${USERS}/anna`, { labels: { laptop: null, floor: "2" } })).json();
  assert.deepEqual([merged.labels, merged.comment], [{ department: "sales", floor: "2" }, "until May"]);
  const replaced = (await b.call("PATCH", `${USERS}/anna`, { labels: { floor: "3" } })).json();
  assert.deepEqual(replaced.labels, { floor: "3" });
  const taken = (await merge(`${USERS}/anna`, { labels: null, comment: null })).json();
  assert.deepEqual([taken.labels, taken.comment], [{}, ""]);
  const wrong = (await b.call("PATCH", `${USERS}/anna`, { labels: { "Not so": "x" } })).json();
  assert.deepEqual([wrong.code, wrong.field], ["invalid-labels", "labels"]);
});

test("DELETE refuses a group that has users, unless they are released, and says what it meant", async () => {
  await b.call("PATCH", `${USERS}/anna`, { group: "sales" });
  const refused = await b.call("DELETE", `${GROUPS}/sales`);
  assert.deepEqual(
    [refused.statusCode, refused.json().code, refused.json().users],
    [409, "group-has-members", 1],
  );
  const removed = await b.call("DELETE", `${GROUPS}/sales?members=release`);
  assert.equal(removed.statusCode, 200);
  assert.deepEqual(removed.json(), { id, name: "Sales", released: 1, sessionsEnded: 0 });
  assert.equal(b.concentrator.changedGroups.at(-1), id);
  assert.equal((await b.call("GET", `${USERS}/anna`)).json().group, null);
  assert.equal((await b.call("DELETE", `${GROUPS}/sales`)).json().code, "group-not-found");
  assert.equal((await b.call("DELETE", `${GROUPS}/guests?members=all`)).statusCode, 400);
});

test("groups come in pages", async () => {
  await b.call("POST", GROUPS, { name: "alpha" });
  const first = (await b.call("GET", `${GROUPS}?limit=1`)).json();
  const second = (await b.call("GET", `${GROUPS}?limit=1&cursor=${first.next}`)).json();
  const names = [...first.items, ...second.items].map((group: { name: string }) => group.name);
  assert.deepEqual([names, "next" in second], [["alpha", "guests"], false]);
});
