import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench, listen, TOKEN } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());

const PATH = "/api/v1/users/anna";
type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

const ask = (method: Method, url: string, more: Record<string, string> = {}, payload?: object) =>
  b.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${TOKEN}`, ...more },
    ...(payload === undefined ? {} : { payload }),
  });
const fresh = async () => {
  await ask("DELETE", PATH);
  const { headers } = await ask("POST", "/api/v1/users", {}, { name: "anna", password: "p" });
  return String(headers.etag);
};

test("each answer with a user has a strong ETag, which a change makes another one", async () => {
  const created = await fresh();
  assert.match(created, /^"[0-9a-f]{8}\.1-[\w-]{11}"$/);
  assert.equal((await ask("GET", PATH)).headers.etag, created);
  const seen = [created];
  for (const [method, path, body] of [
    ["PATCH", PATH, { rateUp: 8_000 }],
    ["PUT", PATH, { rateUp: 9_000 }],
    ["PUT", `${PATH}/password`, {}],
  ] as const) {
    const { headers } = await ask(method, path, {}, body);
    const read = await ask("GET", PATH);
    assert.equal(read.headers.etag, headers.etag, method);
    seen.push(String(headers.etag));
  }
  assert.equal(new Set(seen).size, 4);
});

test("a group's change is a change of its users, for it changes what applies to them", async () => {
  await ask("POST", "/api/v1/groups", {}, { name: "staff" });
  await fresh();
  const { headers } = await ask("PATCH", PATH, {}, { group: "staff" });
  await ask("PATCH", "/api/v1/groups/staff", {}, { rateUp: 8_000 });
  const late = await ask("PATCH", PATH, { "if-match": String(headers.etag) }, { rateDown: 8_000 });
  assert.equal(late.json().code, "changed-meanwhile");
});

for (const [method, path, body] of [
  ["PATCH", PATH, { rateUp: 8_000 }],
  ["PUT", PATH, { rateUp: 8_000 }],
  ["PUT", `${PATH}/password`, {}],
  ["DELETE", PATH, undefined],
] as const) {
  test(`${method} ${path} with an old If-Match is 412, and with that of now it is done`, async () => {
    const old = await fresh();
    const now = String((await ask("PATCH", PATH, {}, { comment: "x" })).headers.etag);
    const refused = await ask(method, path, { "if-match": old }, body);
    assert.deepEqual([refused.statusCode, refused.json().code], [412, "changed-meanwhile"]);
    assert.equal((await ask("GET", PATH)).headers.etag, now);
    const done = await ask(method, path, { "if-match": `"other", ${now}` }, body);
    assert.ok(done.statusCode < 300, done.body);
  });
}

test("somebody else of the same name is not who was read", async () => {
  const old = await fresh();
  await fresh();
  assert.equal((await ask("DELETE", PATH, { "if-match": old })).statusCode, 412);
  assert.equal((await ask("DELETE", PATH, { "if-match": "*" })).statusCode, 204);
  assert.equal((await ask("PUT", PATH, { "if-match": "*" }, {})).json().code, "changed-meanwhile");
});

test("wrong log-ins are another answer, and no other state", async () => {
  const etag = await fresh();
  const { id } = (await ask("GET", PATH)).json();
  b.concentrator.locked.push({
    kind: "user-address",
    userId: id,
    user: "anna",
    address: "203.0.113.9",
    failures: 3,
    since: "2026-03-01T09:00:00.000Z",
    last: "2026-03-01T09:00:00.000Z",
    refusedUntil: null,
  } as never);
  assert.notEqual((await ask("GET", PATH)).headers.etag, etag);
  assert.equal((await ask("GET", PATH, { "if-none-match": etag })).statusCode, 200);
  assert.equal((await ask("PATCH", PATH, { "if-match": etag }, { rateUp: 8_000 })).statusCode, 200);
  b.concentrator.locked.splice(0);
});

test("GET and HEAD of what the client has are 304, without a body", async () => {
  const etag = await fresh();
  for (const method of ["GET", "HEAD"] as const) {
    const answer = await ask(method, PATH, { "if-none-match": `"x", ${etag}` });
    assert.deepEqual([answer.statusCode, answer.body, answer.headers.etag], [304, "", etag]);
  }
  assert.equal((await ask("GET", PATH, { "if-none-match": "*" })).statusCode, 304);
  assert.equal((await ask("GET", PATH, { "if-none-match": `W/${etag}` })).statusCode, 200);
});

test("PUT adds once with If-None-Match: *, and is 412 then", async () => {
  await ask("DELETE", PATH);
  const first = await ask("PUT", PATH, { "if-none-match": "*" }, { rateUp: 8_000 });
  assert.deepEqual([first.statusCode, first.headers.location], [201, PATH]);
  assert.ok(await b.opens("anna", first.json().password));
  const second = await ask("PUT", PATH, { "if-none-match": "*" }, {});
  assert.deepEqual([second.statusCode, second.json().code], [412, "changed-meanwhile"]);
  assert.equal((await ask("GET", PATH)).json().rateUp, 8_000);
});

test("PUT of what is there changes nothing; what it leaves out is taken back, the password stays", async () => {
  await fresh();
  const whole = { rateUp: 8_000, comment: "Room 7", labels: { a: "" }, allowedHours: ["mon 08:00-18:00"] };
  const first = await ask("PUT", PATH, {}, whole);
  assert.equal(first.statusCode, 200);
  assert.equal(first.json().password, undefined);
  const again = await ask("PUT", PATH, {}, { ...whole, name: "anna", password: "p" });
  assert.deepEqual([again.headers.etag, again.json()], [first.headers.etag, first.json()]);
  const less = (await ask("PUT", PATH, {}, {})).json();
  assert.deepEqual([less.rateUp, less.comment, less.labels, less.own], [null, "", {}, []]);
  assert.ok(await b.opens("anna", "p"));
  const other = await ask("PUT", PATH, {}, { name: "bert" });
  assert.deepEqual([other.statusCode, other.json().field], [400, "name"]);
});

for (const value of ["abc", '"a', '"a" "b"', "", "W/x"])
  test(`If-Match: ${value} is no list of tags`, async () => {
    const answer = await ask("PATCH", PATH, { "if-match": value }, {});
    assert.deepEqual(
      [answer.statusCode, answer.json().field],
      [value === "" ? 412 : 400, value === "" ? undefined : "if-match"],
    );
  });

test("where the configuration wants it, a change without If-Match is 428 and nothing happens", async (t) => {
  const strict = await bench({ requireIfMatch: true });
  t.after(() => strict.app.close());
  await strict.call("POST", "/api/v1/users", { name: "anna" });
  for (const [method, path, body] of [
    ["PATCH", PATH, { enabled: false }],
    ["PUT", PATH, {}],
    ["PUT", `${PATH}/password`, {}],
    ["DELETE", PATH, undefined],
  ] as const) {
    const answer = await strict.call(method, path, body);
    assert.deepEqual([answer.statusCode, answer.json().code], [428, "precondition-required"], method);
  }
  assert.equal((await strict.store.users.find("anna"))?.revision, "1");
});

test("fifty who read, change and write at once, and read again where they were late, lose no change", async (t) => {
  const own = await bench();
  t.after(() => own.app.close());
  const url = `${await listen(own.app)}${PATH}`;
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  await own.call("POST", "/api/v1/users", { name: "anna", comment: "" });
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
  const kept = (await own.store.users.find("anna"))!.comment.trim().split(" ");
  assert.deepEqual(kept.sort(), [...marks].sort());
  assert.ok(late > 0, "nobody was ever late: the test shows nothing");
});

test("a change that changes nothing touches no session", async () => {
  await fresh();
  const { id } = (await ask("PATCH", PATH, {}, { rateUp: 8_000 })).json();
  b.concentrator.live.push(liveSession({ userId: id }));
  const told = b.concentrator.changedUsers.length;
  for (const change of [{}, { rateUp: 8_000 }, { name: "anna" }]) await ask("PATCH", PATH, {}, change);
  assert.equal(b.concentrator.changedUsers.length, told);
});
