import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const URL = "/api/v1/users:apply";
const send = async (body: object, query = "") => {
  const answer = await b.call("POST", `${URL}${query}`, body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
interface Row {
  readonly kind: string;
  readonly name: string;
  readonly did: string;
  readonly code?: string;
  readonly field?: string;
}
const did = (result: { rows: Row[] }) =>
  result.rows.map(({ kind, name, did, code }) => `${kind} ${name} ${code ?? did}`);
const users = async () => (await b.store.users.list({ limit: 1000 })).items;
const names = async () => (await users()).map(({ name }) => name);
const groups = async () => (await b.store.groups.list({ limit: 1000 })).items.map(({ name }) => name);
const state = async () => JSON.stringify([await users(), await b.store.groups.list({ limit: 9 })]);

const OFFICE = {
  groups: [
    { name: "staff", rateUp: 8_000, comment: "Everybody" },
    { name: "temps", maxSessions: 1 },
  ],
  users: [
    { name: "anna", group: "staff", password: "p", labels: { room: "7" } },
    { name: "bert", group: "Temps", staticAddress: "10.77.0.7" },
  ],
};

test("a document is what there is then; applied again it changes nothing, and is on no record", async () => {
  const first = await send(OFFICE);
  assert.deepEqual(did(first), [
    "group staff created",
    "group temps created",
    "user anna created",
    "user bert created",
  ]);
  const { stored, created, refused } = first;
  assert.deepEqual([stored, created, refused], [true, 4, 0]);
  // Shown where pacd generated it, and nowhere else.
  assert.deepEqual(
    first.rows.map((row: { password?: string }) => row.password?.length),
    [undefined, undefined, undefined, 20],
  );
  assert.ok(await b.opens("bert", first.rows[3].password));
  const before = await state();
  const records = (await b.store.audit.list({ limit: 99 })).items.length;
  const again = await send(OFFICE);
  assert.deepEqual([again.unchanged, again.stored], [4, true]);
  assert.equal(await state(), before);
  assert.equal((await b.store.audit.list({ limit: 99 })).items.length, records);
});

test("what is left out of a group or user is not decided any more; the password stays", async () => {
  await send(OFFICE);
  const result = await send({ groups: [{ name: "Staff" }], users: [{ name: "anna" }] });
  assert.deepEqual(did(result), ["group Staff changed", "user anna changed"]);
  const anna = (await b.store.users.find("anna"))!;
  assert.deepEqual([anna.group, anna.labels], [null, {}]);
  assert.ok(await b.opens("anna", "p"));
  const staff = (await b.store.groups.find("staff"))!;
  assert.deepEqual([staff.name, staff.rateUp, staff.comment], ["Staff", null, ""]);
  assert.deepEqual(await names(), ["anna", "bert"]);
});

test("pruned are users and groups that are not in it, of those parts that it has", async () => {
  await send(OFFICE);
  await b.call("POST", "/api/v1/groups", { name: "empty" });
  const kept = await send({ users: OFFICE.users.slice(0, 1) });
  assert.deepEqual([kept.removed, await names()], [0, ["anna", "bert"]]);
  const noUsers = await send({ prune: true, users: [{ ...OFFICE.users[0], name: "ANNA" }] });
  assert.deepEqual(did(noUsers), ["user ANNA changed", "user bert removed"]);
  assert.deepEqual([await names(), await groups()], [["ANNA"], ["empty", "staff", "temps"]]);
  const both = await send({
    prune: true,
    groups: OFFICE.groups.slice(0, 1),
    users: OFFICE.users.slice(0, 1),
  });
  assert.deepEqual(did(both).slice(2), ["group empty removed", "group temps removed"]);
  await send({ prune: true, users: [], groups: [] });
  assert.deepEqual([await names(), await groups()], [[], []]);
});

test("a group that has users outside of the document is not pruned, and nothing else is done", async () => {
  await send(OFFICE);
  const before = await state();
  const result = await send({ prune: true, groups: [{ name: "staff" }] });
  assert.deepEqual([result.stored, result.refused], [false, 1]);
  assert.deepEqual(did(result), ["group staff changed", "group temps group-has-members"]);
  assert.equal(await state(), before);
});

for (const [what, body, code, field] of [
  ["an unknown pool of a group", { groups: [{ name: "g", pool: "nowhere" }] }, "pool-unknown", "pool"],
  ["an unknown pool of a user", { users: [{ name: "u", pool: "nowhere" }] }, "pool-unknown", "pool"],
  ["an unknown group", { users: [{ name: "u", group: "nowhere" }] }, "group-unknown", "group"],
  ["a name that is none", { groups: [{ name: "none" }] }, "invalid-name", "name"],
  ["two users of one name", { users: [{ name: "u" }, { name: "U" }] }, "invalid-request", "name"],
  ["two groups of one name", { groups: [{ name: "g" }, { name: "G" }] }, "invalid-request", "name"],
] as const)
  test(`${what} is refused in its row, with field, and nothing is stored, also nothing else`, async () => {
    const { groups = [], users = [] } = body as {
      readonly groups?: readonly object[];
      readonly users?: readonly object[];
    };
    const result = await send({ groups: [...OFFICE.groups, ...groups], users: [...OFFICE.users, ...users] });
    assert.deepEqual([result.stored, result.refused], [false, 1]);
    const row = result.rows.find((one: Row) => one.did === "refused");
    assert.deepEqual([row.code, row.field, row.id], [code, field, null]);
    assert.equal(JSON.stringify(result).includes('"password"'), false);
    assert.deepEqual(await names(), []);
  });

test("the order of a document makes no difference: addresses are swapped, and taken over from who goes", async () => {
  const at = (name: string, staticAddress?: string) => ({ name, ...(staticAddress && { staticAddress }) });
  const held: string[] = [];
  b.store.users.watchStaticAddresses((address, taken) => {
    if (taken) held.push(address);
    else held.splice(held.indexOf(address), 1);
  });
  await send({ users: [at("a", "10.77.0.7"), at("b", "10.77.0.8"), at("c", "10.77.0.9")] });
  const before = await state();
  const next = { prune: true, users: [at("a", "10.77.0.8"), at("b", "10.77.0.7"), at("d", "10.77.0.9")] };
  const dry = await send(next, "?dryRun=true");
  const [swapped] = dry.rows[0].changes;
  assert.deepEqual(dry.rows[0].changes.length, 1);
  assert.deepEqual(swapped, { field: "staticAddress", from: "10.77.0.7", to: "10.77.0.8" });
  assert.equal(await state(), before);
  const done = await send(next);
  assert.deepEqual(did(done), ["user a changed", "user b changed", "user d created", "user c removed"]);
  assert.deepEqual(
    (await users()).map(({ name, staticAddress }) => `${name} ${staticAddress}`),
    ["a 10.77.0.8", "b 10.77.0.7", "d 10.77.0.9"],
  );
  assert.deepEqual(held.sort(), ["10.77.0.7", "10.77.0.8", "10.77.0.9"]);
  const again = await send(next);
  assert.equal(again.unchanged, 3);
});

test("a dry run says the same as what then happens, sessions that end included, and does nothing", async () => {
  await send(OFFICE);
  for (const { id, name } of await users())
    b.concentrator.live.push(liveSession({ id: `of ${name}`, userId: id }));
  const before = await state();
  // By the group, and by being gone.
  const next = { prune: true, groups: [{ name: "staff", enabled: false }], users: OFFICE.users.slice(0, 1) };
  const dry = await send(next, "?dryRun=true");
  assert.deepEqual([dry.stored, dry.effects.sessionsEnded], [false, 2]);
  assert.deepEqual([await state(), b.concentrator.live.length], [before, 2]);
  assert.deepEqual(
    dry.rows[0].changes.map(({ field }: { field: string }) => field),
    ["comment", "enabled", "rateUp"],
  );
  const real = await send(next);
  assert.deepEqual(did(real), did(dry));
  assert.equal(real.rows[0].changes, undefined);
  const staff = (await b.store.groups.find("staff"))!;
  assert.equal(b.concentrator.changedGroups[0], staff.id);
  assert.deepEqual(
    b.concentrator.live.map(({ id }) => id),
    ["of anna"],
  );
});

test("each thing that was changed is on record, and the whole; no password is", async () => {
  await send({ ...OFFICE, users: [{ name: "anna", password: "canary-9" }] });
  const { items } = await b.store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ action, target }) => `${action} ${target.kind} ${target.name}`),
    ["applyUsers users null", "applyUsers user anna", "applyUsers group temps", "applyUsers group staff"],
  );
  assert.deepEqual(items[0]!.effects, {
    created: 3,
    changed: 0,
    unchanged: 0,
    removed: 0,
    refused: 0,
    sessionsEnded: 0,
  });
  assert.doesNotMatch(JSON.stringify(items), /canary-9/);
});

for (const [what, body] of [
  ["a field that no group has", { groups: [{ name: "g", staticAddress: "10.77.0.7" }] }],
  ["a user without a name", { users: [{}] }],
  ["a part that no document has", { users: [], admins: [] }],
  ["more than 1,000 groups", { groups: Array.from({ length: 1001 }, (_, i) => ({ name: `g${i}` })) }],
  ["more than 5,000 users", { users: Array.from({ length: 5001 }, (_, i) => ({ name: `u${i}` })) }],
] as const)
  test(`${what}: the whole is refused`, async () => {
    const answer = await b.call("POST", URL, body);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, "invalid-request"]);
    assert.deepEqual(await names(), []);
  });

test("fifty documents at once are each done as a whole: what is left is one of them", async (t) => {
  const own = await bench();
  t.after(() => own.app.close());
  const url = `${await listen(own.app)}${URL}`;
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const writer = async (comment: string) => {
    const users = Array.from({ length: 5 }, (_, i) => ({ name: `${comment}-${i}`, group: "g", comment }));
    // One address for all writers: each takes it over from the last.
    users[0] = { ...users[0]!, staticAddress: "10.77.0.7" } as never;
    const body = JSON.stringify({ prune: true, groups: [{ name: "g", comment }], users });
    const answer = await fetch(url, { method: "POST", headers, body });
    return (await answer.json()) as { stored: boolean; refused: number };
  };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => writer(`w${i}`)));
  assert.deepEqual([...new Set(answers.map(({ stored, refused }) => `${stored} ${refused}`))], ["true 0"]);
  const left = (await own.store.users.list({ limit: 99 })).items;
  const [comment] = left.map((user) => user.comment);
  assert.deepEqual(
    left.map(({ name }) => name).sort(),
    Array.from({ length: 5 }, (_, i) => `${comment}-${i}`),
  );
  assert.equal((await own.store.groups.find("g"))?.comment, comment);
});

for (const [what, user, detail] of [
  ["an unknown field", { name: "bert", colour: 1 }, 'has an unknown field: "colour".'],
  ["a field too few", {}, 'lacks the field "name".'],
  ["a wrong type", { name: "bert", enabled: 1 }, "must be boolean."],
] as const)
  test(`${what} is told with the entry that it is in`, async () => {
    const answer = (await b.call("POST", URL, { users: [{ name: "anna" }, user] })).json();
    assert.equal(answer.detail, `Entry 2 of the field "users" of the request body ${detail}`);
    assert.equal(answer.field, "users");
  });
