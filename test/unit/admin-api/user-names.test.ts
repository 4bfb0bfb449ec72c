import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { passwordNotes } from "../../../server/names/password-notes.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { stateFrom } from "../../support/state-from-dump.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const users = (name: string) => `/api/v1/users/${encodeURIComponent(name)}`;
const add = (name: string) => b.call("POST", "/api/v1/users", { name, password: "p" });

test("a path names its user in whatever spelling, and the answer has the spelling of the administrator", async () => {
  await add("Ren\u00e9");
  for (const spelling of ["rene\u0301", "REN\u00c9", "\uff32\uff45\uff4e\u00e9"])
    assert.equal((await b.call("GET", users(spelling))).json().name, "Ren\u00e9");
  assert.equal((await b.call("GET", users("rene"))).statusCode, 404);
});

for (const [name, character, words] of [
  ["O\u2019Brien", "U+2019", /punctuation/],
  ["anna\u265a", "U+265A", /symbol/],
  ["anna\u00a0b", "U+00A0", /plain space/],
  ["an\u200dna", "U+200D", /invisible/],
] as const)
  test(`a new name with ${character} is refused, for that character`, async () => {
    for (const answer of [
      await add(name),
      await add("bo").then(() => b.call("PATCH", users("bo"), { name })),
    ]) {
      const { code, field, detail, character: blamed } = answer.json();
      assert.deepEqual([answer.statusCode, code, field, blamed], [400, "invalid-name", "name", character]);
      assert.match(detail, words);
    }
  });

test("an edge space in a new name is refused and named", async () => {
  assert.match((await add("anna ")).json().detail, /^The user name ends with a space\./);
  assert.match(
    (await add("\u00a0anna")).json().detail,
    /^The user name begins with a no-break space \(U\+00A0\)\./,
  );
});

test("PATCH with a name renames: the ID stays, the old name is nobody's, the concentrator is told", async () => {
  const { id } = (await add("anna")).json();
  const answer = await b.call("PATCH", users("ANNA"), { name: "Anne", enabled: false });
  assert.deepEqual([answer.statusCode, answer.json().id, answer.json().name], [200, id, "Anne"]);
  assert.equal((await b.call("GET", users("anna"))).json().code, "user-not-found");
  assert.equal((await b.call("GET", users("anne"))).json().id, id);
  assert.deepEqual(
    b.concentrator.changedUsers.map((user) => [user.id, user.name]),
    [[id, "Anne"]],
  );
});

test("PATCH gives another spelling of the own name, as JSON and as merge patch, and null is no name", async () => {
  const { id } = (await add("rene\u0301")).json();
  assert.equal((await b.call("PATCH", users("rene\u0301"), { name: "Ren\u00e9" })).json().id, id);
  const headers = {
    authorization: "Bearer test-token-of-the-administrator",
    "content-type": "application/merge-patch+json",
  };
  const patch = (payload: string) =>
    b.app.inject({ method: "PATCH", url: users("ren\u00e9"), headers, payload });
  assert.equal((await patch('{"name": "REN\u00c9"}')).json().name, "REN\u00c9");
  assert.equal((await patch('{"name": null}')).json().code, "invalid-request");
});

test("a name that somebody has is user-exists, and nothing else of the request is done", async () => {
  await add("Ren\u00e9");
  await add("bo");
  const answer = await b.call("PATCH", users("bo"), { name: "rene\u0301", enabled: false });
  assert.deepEqual([answer.statusCode, answer.json().code], [409, "user-exists"]);
  assert.equal((await b.call("GET", users("bo"))).json().enabled, true);
  assert.deepEqual(b.concentrator.changedUsers, []);
});

test("GET /users?id= is the one user who has the ID, or nobody", async () => {
  const { id } = (await add("anna")).json();
  await add("bo");
  const names = async (wanted: string) =>
    (await b.call("GET", `/api/v1/users?id=${wanted}`))
      .json()
      .items.map((user: { name: string }) => user.name);
  assert.deepEqual(await names(id), ["anna"]);
  assert.deepEqual(await names("nobody"), []);
});

test("sessions and dials carry the user's ID, and are found by it and by every spelling of the name", async () => {
  b.concentrator.live.push(
    liveSession({ id: "s1", user: "Ren\u00e9" }),
    liveSession({ id: "s2", userId: "u2", user: "bo" }),
  );
  const ids = async (query: string) =>
    (await b.call("GET", `/api/v1/sessions?${query}`)).json().items.map((one: { id: string }) => one.id);
  assert.deepEqual(await ids(`user=${encodeURIComponent("RENE\u0301")}`), ["s1"]);
  assert.deepEqual(await ids("userId=u2"), ["s2"]);
  assert.deepEqual(await ids("userId=u2&user=bert"), []);
  assert.equal((await b.call("GET", "/api/v1/sessions/s2")).json().userId, "u2");
});

test("a name that several users share is found under none of their spellings: the answer names them", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0002-names-that-clash.sql") });
  const clash = await bench({ store });
  t.after(() => clash.app.close());
  const spelled = await clash.call("GET", users("\u00e4nna"));
  assert.equal(spelled.json().name, "\u00e4nna");
  for (const [method, body] of [["GET"], ["PATCH", { enabled: false }], ["DELETE"]] as const) {
    const answer = await clash.call(method, users("\uff21\u0308nna"), body);
    assert.equal(answer.json().code, "user-not-found");
    assert.match(answer.json().detail, /"\u00c4nna" and "\u00e4nna" and "a\\u\{308\}nna".*exactly/);
  }
});

for (const [password, ...notes] of [
  ["clientPass"],
  ["two words"],
  [" x", /begins with a space/],
  ["x ", /ends with a space/],
  ["x\r", /ends with a carriage return \(U\+000D\), as files from Windows/],
  ["x\n", /ends with a line end/],
  ["\tx\u00a0", /begins with a tab/, /ends with a no-break space/],
  ["\ufeffx", /begins with a byte order mark/],
  ["u\u0308ber", /in two pieces/],
  ["\u00fcber"],
] as const)
  test(`what is said of the password ${JSON.stringify(password)}, which is taken as it is`, async () => {
    const added = await b.call("POST", "/api/v1/users", { name: "anna", password });
    const set = await b.call("PUT", `${users("anna")}/password`, { password });
    assert.ok(await b.opens("anna", password));
    for (const answer of [added, set]) {
      const said: readonly string[] = answer.json().notes ?? [];
      assert.equal(said.length, notes.length);
      for (const [i, note] of notes.entries()) assert.match(said[i]!, note);
      assert.equal("notes" in answer.json(), notes.length > 0);
    }
  });

test("a generated password needs no note", async () => {
  assert.deepEqual(passwordNotes(undefined), []);
  const added = await b.call("POST", "/api/v1/users", { name: "anna" });
  assert.equal("notes" in added.json(), false);
});
