import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { AppError } from "../../../server/errors/app-error.ts";
import { type Bench, bench, TOKENS } from "../../support/admin-api.ts";
import { openTemporaryStore, temporaryStore } from "../../support/temporary-store.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());
beforeEach(async () => {
  await b.call("POST", "/api/v1/users:apply", { prune: true, users: [], groups: [] });
  const groups = [{ name: "staff" }];
  await b.call("POST", "/api/v1/users:apply", { groups, users: [{ name: "anna", password: "p" }] });
  await b.store.administrators.remove("olga", { last: true }).catch(() => {});
  await b.store.tokens.revoke("ci").catch(() => {});
});

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

const send = (method: Method, url: string, body?: object, headers: Record<string, string> = {}, on = b) =>
  on.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${TOKENS.admin}`, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
let keys = 0;
const fresh = () => ({ "idempotency-key": `key-${keys++}` });
const records = async () => (await b.store.audit.list({ limit: 1000 })).items.length;

const OLGA = { name: "olga", password: "a long enough password", role: "viewer" };
const WRITES: readonly (readonly [Method, string, object | undefined])[] = [
  ["POST", "/users", { name: "bert" }],
  ["PUT", "/users/bert", { rateUp: 8_000 }],
  ["PATCH", "/users/anna", { rateUp: 8_000 }],
  ["PUT", "/users/anna/password", {}],
  ["DELETE", "/users/anna", undefined],
  [
    "POST",
    "/users:batch",
    {
      rows: [
        { do: "create", name: "bert" },
        { do: "remove", name: "anna" },
      ],
    },
  ],
  ["POST", "/users:apply", { users: [{ name: "bert" }], prune: true }],
  ["POST", "/groups", { name: "temps" }],
  ["PUT", "/groups/temps", {}],
  ["PATCH", "/groups/staff", { rateUp: 8_000 }],
  ["DELETE", "/groups/staff", undefined],
  ["POST", "/tokens", { name: "ci", role: "viewer" }],
  ["POST", "/admins", OLGA],
];

for (const [method, url, body] of WRITES)
  test(`${method} ${url}: sent again with its key, it is answered as before and not done again`, async () => {
    const headers = fresh();
    const first = await send(method, url, body, headers);
    assert.ok(first.statusCode < 300, first.body);
    assert.equal(first.headers["idempotency-replayed"], undefined);
    const noted = await records();
    const again = await send(method, url, body, headers);
    assert.equal(again.headers["idempotency-replayed"], "true");
    assert.deepEqual([again.statusCode, again.body], [first.statusCode, first.body]);
    for (const name of ["etag", "location", "content-type"] as const)
      assert.equal(again.headers[name], first.headers[name], name);
    assert.equal(await records(), noted);
    // Without the key it would have been something else, but for a change that is there already.
    if (method === "PATCH") return;
    const third = await send(method, url, body);
    assert.notDeepEqual([third.statusCode, third.body], [first.statusCode, first.body]);
  });

test("a password that was generated is in the answer again, and sealed in the database", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const own = await bench({ store });
  t.after(() => own.app.close());
  const headers = fresh();
  const { password } = (await send("POST", "/users", { name: "bert" }, headers, own)).json();
  assert.equal((await send("POST", "/users", { name: "bert" }, headers, own)).json().password, password);
  const { readdirSync, readFileSync } = await import("node:fs");
  for (const file of readdirSync(directory))
    assert.equal(readFileSync(`${directory}/${file}`).includes(password), false, file);
});

for (const [what, method, url, body, more] of [
  ["another body", "POST", "/users", { name: "carl" }, {}],
  ["another path", "PUT", "/users/bert", { name: "bert" }, {}],
  ["another query", "POST", "/users?dryRun=false", { name: "bert" }, {}],
  ["another condition", "POST", "/users", { name: "bert" }, { "if-match": "*" }],
] as const)
  test(`${what} with a key that was used is refused, and nothing is done`, async () => {
    const headers = fresh();
    await send("POST", "/users", { name: "bert" }, headers);
    const other = await send(method, url, body, { ...headers, ...more });
    assert.deepEqual([other.statusCode, other.json().code], [422, "idempotency-key-reused"]);
    assert.equal(await b.store.users.find("carl"), undefined);
  });

test("keys of somebody else are others", async () => {
  const headers = fresh();
  await send("POST", "/users", { name: "bert" }, headers);
  const authorization = `Bearer ${TOKENS.operator}`;
  const other = await send("POST", "/users", { name: "carl" }, { ...headers, authorization });
  assert.equal(other.statusCode, 201);
});

test("a request that was refused has not used its key", async () => {
  for (const [url, wrong, right] of [
    ["/users", { name: "a/b" }, { name: "carl" }],
    ["/users", { name: "anna" }, { name: "dora" }],
    ["/admins", { ...OLGA, password: "x" }, OLGA],
  ] as const) {
    const headers = fresh();
    assert.ok((await send("POST", url, wrong, headers)).statusCode >= 400);
    assert.equal((await send("POST", url, right, headers)).statusCode, 201);
  }
});

test("a dry run neither uses a key nor is answered from one", async () => {
  const headers = fresh();
  assert.equal((await send("POST", "/users?dryRun=true", { name: "bert" }, headers)).statusCode, 200);
  assert.equal((await send("POST", "/users", { name: "bert" }, headers)).statusCode, 201);
});

for (const [method, url, body] of [
  ["POST", "/users", { name: "bert" }],
  ["POST", "/admins", OLGA],
] as const)
  test(`fifty of ${method} ${url} at once with one key are done once; whoever is too early hears so`, async () => {
    const headers = fresh();
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(method, url, body, headers)));
    const states = answers.map((one) =>
      one.headers["idempotency-replayed"] === "true" ? "replayed" : (one.json().code ?? one.statusCode),
    );
    assert.equal(states.filter((state) => state === 201).length, 1);
    assert.deepEqual(
      [...new Set(states)].filter((state) => ![201, "request-in-progress", "replayed"].includes(state)),
      [],
    );
    assert.equal((await send(method, url, body, headers)).headers["idempotency-replayed"], "true");
  });

test("while a request is being carried out, the same one hears so, and its answer when it is there", async (t) => {
  const { store, close } = await openTemporaryStore();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: inside, resolve: arrived } = Promise.withResolvers<void>();
  const write: typeof store.users.write = async (writes, terms) => {
    arrived();
    await gate;
    return store.users.write(writes, terms);
  };
  const own = await bench({ store: { ...store, users: { ...store.users, write } } });
  t.after(async () => {
    await own.app.close();
    await close();
  });
  const headers = fresh();
  const first = send("POST", "/users", { name: "bert" }, headers, own);
  await inside;
  const early = await send("POST", "/users", { name: "bert" }, headers, own);
  assert.deepEqual([early.statusCode, early.json().code], [409, "request-in-progress"]);
  open();
  const late = [await first, await send("POST", "/users", { name: "bert" }, headers, own)];
  assert.deepEqual([late[0]!.statusCode, late[0]!.body], [late[1]!.statusCode, late[1]!.body]);
});

for (const [what, key] of [
  ["empty", ""],
  ["256 characters", "k".repeat(256)],
  ["a space", "a b"],
  ["not ASCII", "schl\u00fcssel"],
] as const)
  test(`a key that is no key, ${what}, is refused with its field, and nothing is done`, async () => {
    const answer = await send("POST", "/users", { name: "bert" }, { "idempotency-key": key });
    assert.deepEqual(
      [answer.statusCode, answer.json().code, answer.json().field],
      [400, "invalid-request", "idempotency-key"],
    );
    assert.equal(await b.store.users.find("bert"), undefined);
  });

test("255 characters are a key", async () => {
  const answer = await send("POST", "/users", { name: "bert" }, { "idempotency-key": "k".repeat(255) });
  assert.equal(answer.statusCode, 201);
});

for (const [url, body, done] of [
  ["/users", { name: "bert" }, true],
  ["/users:apply", { users: [{ name: "bert" }] }, true],
  ["/tokens", { name: "ci", role: "viewer" }, null],
] as const)
  test(`POST ${url}: where pacd ended before it had answered, it is not done again, and that is said`, async (t) => {
    const { store, close } = await openTemporaryStore();
    const keep = async () => {
      throw new AppError("store-unavailable", "The disk is full.");
    };
    const ended = await bench({ store: { ...store, answers: { ...store.answers, keep } } });
    const headers = fresh();
    assert.ok((await send("POST", url, body, headers, ended)).statusCode < 300);
    await ended.app.close();
    const next = await bench({ store });
    t.after(async () => {
      await next.app.close();
      await close();
    });
    const answer = await send("POST", url, body, headers, next);
    assert.deepEqual([answer.statusCode, answer.json().code, answer.json().done], [409, "answer-lost", done]);
    const users = (await store.users.list({ limit: 9 })).items.length;
    assert.equal(users, done === true ? 1 : 0);
  });

test("where what was asked for could not be written, the key is free", async (t) => {
  const { store, close } = await openTemporaryStore();
  let broken = true;
  const write: typeof store.users.write = async (writes, terms) => {
    if (broken) throw new AppError("store-unavailable", "The disk is full.");
    return store.users.write(writes, terms);
  };
  const own = await bench({ store: { ...store, users: { ...store.users, write } } });
  t.after(async () => {
    await own.app.close();
    await close();
  });
  const headers = fresh();
  assert.equal((await send("POST", "/users", { name: "bert" }, headers, own)).statusCode, 503);
  broken = false;
  assert.equal((await send("POST", "/users", { name: "bert" }, headers, own)).statusCode, 201);
});
