import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const URL = "/api/v1/users:batch";
const send = async (body: object, query = "") => {
  const answer = await b.call("POST", `${URL}${query}`, body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const did = (result: { rows: { did: string; code?: string }[] }) =>
  result.rows.map((row) => row.code ?? row.did);
const names = async () => (await b.store.users.list({ limit: 1000 })).items.map(({ name }) => name);

const ROWS = [
  { do: "create", name: "anna", password: "p", rateUp: 8_000 },
  { do: "create", name: "ANNA" },
  { do: "create", name: "bert", pool: "nowhere" },
  { do: "put", name: "carl", staticAddress: "10.77.0.7" },
  { do: "update", name: "anna", newName: "anne", rateDown: 9_000 },
  { do: "update", name: "nobody", enabled: false },
  { do: "create", name: "dora", newName: "x" },
  { do: "remove", name: "carl" },
];

test("each row has its own outcome, and means what the request for that user does", async () => {
  const result = await send({ rows: ROWS });
  assert.deepEqual(did(result), [
    "created",
    "user-exists",
    "pool-unknown",
    "created",
    "changed",
    "user-not-found",
    "invalid-request",
    "removed",
  ]);
  const { stored, created, changed, unchanged, removed, refused } = result;
  assert.deepEqual([stored, created, changed, unchanged, removed, refused], [true, 2, 1, 0, 1, 4]);
  assert.deepEqual(await names(), ["anne"]);
  assert.ok(await b.opens("anne", "p"));
  assert.equal(result.rows[2].field, "pool");
  // A password is shown where pacd generated it, and nowhere else.
  assert.deepEqual(
    result.rows.map((row: { password?: string }) => row.password?.length),
    [undefined, undefined, undefined, 20, undefined, undefined, undefined, undefined],
  );
});

test("of all or none, one refused row leaves everything as it was, whoever refused it", async () => {
  for (const bad of [
    { do: "create", name: "anna" },
    { do: "create", name: "bert", pool: "nowhere" },
  ]) {
    const result = await send({ atomic: true, rows: [{ do: "create", name: "anna" }, bad] });
    assert.deepEqual([result.stored, result.refused], [false, 1]);
    assert.equal(JSON.stringify(result).includes('"password"'), false);
    assert.deepEqual(await names(), []);
  }
  assert.equal((await send({ atomic: true, rows: [{ do: "create", name: "anna" }] })).stored, true);
});

test("a dry run says the same of every row and of the sessions, with what would change, and does nothing", async () => {
  await send({
    rows: [
      { do: "create", name: "anna" },
      { do: "create", name: "bert" },
    ],
  });
  for (const { id } of (await b.store.users.list({ limit: 9 })).items)
    b.concentrator.live.push(liveSession({ id: `of ${id}`, userId: id }));
  const rows = [
    { do: "update", name: "anna", enabled: false },
    { do: "remove", name: "bert" },
    { do: "create", name: "carl" },
  ];
  const dry = await send({ rows }, "?dryRun=true");
  assert.deepEqual([dry.stored, dry.effects.sessionsEnded, b.concentrator.live.length], [false, 2, 2]);
  assert.deepEqual(await names(), ["anna", "bert"]);
  assert.deepEqual(dry.rows[0].changes, [
    { field: "enabled", from: true, to: false },
    { field: "own", from: [], to: ["enabled"] },
  ]);
  const real = await send({ rows });
  assert.deepEqual(did(real), did(dry));
  assert.equal(real.effects.sessionsEnded, 2);
  assert.deepEqual(b.concentrator.live, []);
});

test("sent again, rows that put and update change nothing, and nobody is told", async () => {
  const rows = [
    { do: "put", name: "anna", password: "p", comment: "x" },
    { do: "put", name: "bert", rateUp: 8_000 },
    { do: "update", name: "bert", labels: { a: "b" } },
  ];
  await send({ rows });
  await send({ rows: rows.slice(1) });
  const told = b.concentrator.changedUsers.length;
  const again = await send({ rows: [rows[0]!, { ...rows[1], labels: { a: "b" } }] });
  assert.deepEqual([again.unchanged, b.concentrator.changedUsers.length], [2, told]);
});

test("every user of a batch has an entry in the audit, without passwords", async () => {
  await send({
    rows: [
      { do: "create", name: "anna", password: "canary-9" },
      { do: "create", name: "bert" },
    ],
  });
  const { items } = await b.store.audit.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ target }) => target.name ?? target.kind),
    ["users", "bert", "anna"],
  );
  assert.doesNotMatch(JSON.stringify(items), /canary-9/);
});

for (const [what, body] of [
  ["no rows", { rows: [] }],
  ["an unknown word", { rows: [{ do: "add", name: "anna" }] }],
  ["no name", { rows: [{ do: "create" }] }],
  ["a field that no user has", { rows: [{ do: "create", name: "anna", colour: "red" }] }],
  ["more than 5,000", { rows: Array.from({ length: 5001 }, (_, i) => ({ do: "create", name: `u${i}` })) }],
] as const)
  test(`${what}: the whole is refused, and nobody is added`, async () => {
    const answer = await b.call("POST", URL, body);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, "invalid-request"]);
    assert.deepEqual(await names(), []);
  });
