import assert from "node:assert/strict";
import { after, before, beforeEach, suite, test } from "node:test";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const GROUPS = "/api/v1/groups";
const PATH = `${GROUPS}/staff`;
type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

const ask = (method: Method, url: string, more: Record<string, string> = {}, payload?: object) =>
  b.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${TOKEN}`, ...more },
    ...(payload === undefined ? {} : { payload }),
  });

/** A group "staff" with anna, who is connected and has a rate of her own, and an empty group "temps". */
beforeEach(async () => {
  const none = await b.call("POST", "/api/v1/users:apply", { prune: true, users: [], groups: [] });
  assert.equal(none.json().stored, true);
  const groups = [{ name: "staff", rateUp: 8_000, comment: "all" }, { name: "temps" }];
  const users = [{ name: "anna", password: "p", group: "staff", rateDown: 9_000 }];
  await b.call("POST", "/api/v1/users:apply", { groups, users });
  const { id } = (await b.store.users.find("anna"))!;
  b.concentrator.live.splice(0, Infinity, liveSession({ userId: id }));
});

const world = async () =>
  JSON.stringify([
    (await b.call("GET", GROUPS)).json(),
    (await b.call("GET", "/api/v1/users")).json(),
    (await b.store.audit.list({ limit: 1 })).items,
    b.concentrator.changedGroups.length,
  ]);

const WRITES: readonly (readonly [Method, string, object | undefined])[] = [
  ["PUT", PATH, { rateUp: 9_000 }],
  ["PATCH", PATH, { rateUp: 9_000 }],
  ["DELETE", `${PATH}?members=release`, undefined],
];

suite("a tag of what was read", () => {
  test("is that of the change, strong, and another one after each change", async () => {
    const created = await ask("POST", GROUPS, {}, { name: "fresh" });
    assert.match(String(created.headers.etag), /^"[0-9a-f]{8}\.1-[\w-]{11}"$/);
    const seen = [created.headers.etag];
    for (const [method, body] of [
      ["PATCH", { rateUp: 8_000 }],
      ["PUT", { rateDown: 9_000 }],
      ["PATCH", { comment: "x" }],
    ] as const) {
      const { headers } = await ask(method, `${GROUPS}/fresh`, {}, body);
      assert.equal((await ask("GET", `${GROUPS}/fresh`)).headers.etag, headers.etag);
      seen.push(headers.etag);
    }
    assert.equal(new Set(seen).size, 4);
  });

  for (const [method, path, body] of WRITES)
    test(`has ${method} refused when it is old (412), and done when it is that of now`, async () => {
      const old = String((await ask("GET", PATH)).headers.etag);
      const now = String((await ask("PATCH", PATH, {}, { comment: "x" })).headers.etag);
      const before = (await b.call("GET", PATH)).json();
      const refused = await ask(method, path, { "if-match": old }, body);
      assert.deepEqual([refused.statusCode, refused.json().code], [412, "changed-meanwhile"]);
      assert.deepEqual((await b.call("GET", PATH)).json(), before);
      const [record] = (await b.store.audit.list({ limit: 1 })).items;
      assert.deepEqual(
        [record?.result, record?.code, record?.target.name],
        ["refused", "changed-meanwhile", "staff"],
      );
      const done = await ask(method, path, { "if-match": now }, body);
      assert.ok(done.statusCode < 300, done.body);
    });

  test("is the same after somebody has joined, for If-Match, and another one for If-None-Match", async () => {
    const etag = String((await ask("GET", PATH)).headers.etag);
    assert.equal((await ask("GET", PATH, { "if-none-match": etag })).statusCode, 304);
    await b.call("POST", "/api/v1/users", { name: "bert", group: "staff" });
    assert.equal((await ask("GET", PATH, { "if-none-match": etag })).statusCode, 200);
    assert.equal((await ask("PATCH", PATH, { "if-match": etag }, { rateUp: 9_000 })).statusCode, 200);
  });

  test("is demanded where the configuration wants it (428), and nothing happens without", async (t) => {
    const strict = await bench({ requireIfMatch: true });
    t.after(() => strict.app.close());
    await strict.call("POST", GROUPS, { name: "staff" });
    for (const [method, path, body] of WRITES) {
      const answer = await strict.call(method as "PUT", path, body);
      assert.deepEqual([answer.statusCode, answer.json().code], [428, "precondition-required"], method);
    }
    assert.equal((await strict.store.groups.find("staff"))?.revision, "1");
  });
});

suite("PUT of a group", () => {
  test("adds one (201, Location), once with If-None-Match: *", async () => {
    const url = `${GROUPS}/New%20%26%20Co`;
    const first = await ask("PUT", url, { "if-none-match": "*" }, { rateUp: 8_000 });
    assert.deepEqual([first.statusCode, first.headers.location], [201, url]);
    assert.equal(first.json().name, "New & Co");
    const second = await ask("PUT", url, { "if-none-match": "*" }, {});
    assert.deepEqual([second.statusCode, second.json().code], [412, "changed-meanwhile"]);
    assert.equal((await ask("GET", url)).json().rateUp, 8_000);
    assert.equal((await ask("PUT", `${GROUPS}/x`, { "if-match": "*" }, {})).statusCode, 412);
  });

  test("takes back what it leaves out; sent again it changes nothing; a name of its own is refused", async () => {
    const first = await ask("PUT", PATH, {}, { name: "Staff", rateDown: 9_000 });
    const { name, rateUp, rateDown, comment, users } = first.json();
    assert.deepEqual(
      [first.statusCode, name, rateUp, rateDown, comment, users],
      [200, "Staff", null, 9_000, "", 1],
    );
    assert.deepEqual(first.json().effects, { sessionsEnded: 0, overridden: { rateDown: 1 } });
    const before = await world();
    const again = await ask("PUT", PATH, {}, { name: "Staff", rateDown: 9_000 });
    assert.deepEqual(
      [again.headers.etag, again.json().updatedAt],
      [first.headers.etag, first.json().updatedAt],
    );
    assert.equal(await world(), before);
    const other = await ask("PUT", PATH, {}, { name: "temps" });
    assert.deepEqual([other.statusCode, other.json().field], [400, "name"]);
  });
});

test("PATCH that changes nothing changes nothing: revision, audit, and who is told", async () => {
  const before = await world();
  const { revision } = (await b.store.groups.find("staff"))!;
  for (const change of [{}, { rateUp: 8_000 }, { name: "staff", comment: "all" }, { pool: null }])
    assert.equal((await ask("PATCH", PATH, {}, change)).statusCode, 200);
  assert.equal(await world(), before);
  assert.equal((await b.store.groups.find("staff"))!.revision, revision);
});

const DRY: readonly (readonly [Method, string, object | undefined])[] = [
  ["POST", GROUPS, { name: "new", rateUp: 8_000 }],
  ["POST", GROUPS, { name: "STAFF" }],
  ["POST", GROUPS, { name: "new", pool: "nowhere" }],
  ["PUT", PATH, { rateDown: 8_000 }],
  ["PUT", PATH, { rateUp: 8_000, comment: "all" }],
  ["PUT", `${GROUPS}/new`, { enabled: false }],
  ["PATCH", PATH, { enabled: false }],
  ["PATCH", PATH, { name: "temps" }],
  ["PATCH", PATH, { name: "office", allowedHours: ["MON 8:00-18:00"] }],
  ["PATCH", `${GROUPS}/nobody`, {}],
  ["DELETE", PATH, undefined],
  ["DELETE", `${PATH}?members=release`, undefined],
  ["DELETE", `${GROUPS}/temps`, undefined],
];

for (const [method, path, body] of DRY)
  test(`a dry run of ${method} ${path} ${JSON.stringify(body) ?? ""} says what the same without it does, and does nothing`, async () => {
    const before = await world();
    const dry = await ask(method, `${path}${path.includes("?") ? "&" : "?"}dryRun=true`, {}, body);
    const was = (await b.call("GET", PATH)).json();
    if (dry.statusCode === 200) assert.equal(await world(), before);
    const real = await ask(method, path, {}, body);
    if (real.statusCode >= 400) {
      assert.deepEqual([dry.statusCode, dry.json()], [real.statusCode, real.json()]);
      return;
    }
    const { would, changes, effects } = dry.json();
    const is = real.json();
    if (would === "remove") return assert.deepEqual(effects.released, is.released);
    assert.equal(would === "create", real.statusCode === 201);
    for (const { field, from, to } of changes) {
      assert.deepEqual(is[field], to, field);
      if (would === "change") assert.deepEqual(was[field], from, field);
    }
    assert.equal(would === "nothing", is.updatedAt === was.updatedAt && changes.length === 0);
    if (would !== "create") assert.deepEqual(effects.overridden, is.effects.overridden);
  });

test("a dry run counts sessions of users whom the group would keep out, and ends none", async () => {
  const { effects } = (await ask("PATCH", `${PATH}?dryRun=true`, {}, { enabled: false })).json();
  assert.deepEqual([effects.sessionsEnded, b.concentrator.live.length], [1, 1]);
});

test("the record of a change has what was before and is after, of a removal all of it", async () => {
  await ask("PATCH", PATH, {}, { rateUp: 9_000 });
  await ask("DELETE", `${PATH}?members=release`);
  const [removed, changed] = (await b.store.audit.list({ limit: 2 })).items;
  assert.deepEqual(
    [changed?.action, changed?.before, changed?.after],
    ["changeGroup", { rateUp: 8_000 }, { rateUp: 9_000 }],
  );
  assert.deepEqual(changed?.effects, { sessionsEnded: 0, overridden: {} });
  assert.deepEqual(
    [removed?.action, removed?.after, removed?.before?.["rateUp"]],
    ["removeGroup", null, 9_000],
  );
  assert.deepEqual(removed?.effects, { released: 1, sessionsEnded: 0 });
});

test("fifty who read, change and write a group at once, and read again where they were late, lose no change", async (t) => {
  const own = await bench();
  t.after(() => own.app.close());
  const url = `${await listen(own.app)}${PATH}`;
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  await own.call("POST", GROUPS, { name: "staff", comment: "" });
  let late = 0;
  const write = async (mark: string) => {
    for (;;) {
      const read = await fetch(url, { headers });
      const { comment } = (await read.json()) as { comment: string };
      const written = await fetch(url, {
        method: "PATCH",
        headers: { ...headers, "if-match": read.headers.get("etag")! },
        body: JSON.stringify({ comment: `${comment}${mark} ` }),
      });
      await written.arrayBuffer();
      if (written.status === 200) return;
      assert.equal(written.status, 412);
      late++;
    }
  };
  const marks = Array.from({ length: 50 }, (_, i) => `w${i}`);
  await Promise.all(marks.map(write));
  const kept = (await own.store.groups.find("staff"))!.comment.trim().split(" ");
  assert.deepEqual(kept.sort(), [...marks].sort());
  assert.ok(late > 0, "nobody was ever late: the test shows nothing");
});
