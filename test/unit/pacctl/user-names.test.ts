import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench, NOW } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";
import { putAttempt } from "../../support/records.ts";

let b: Bench;
let anna: string;
const call = (argv: readonly string[], stdin = "") =>
  pacctl(argv, { fetch: injected(b.app), stdin: async () => stdin });

beforeEach(async () => {
  b = await bench();
  await call(["user", "add", "anna"]);
  anna = await idOf("anna");
});
afterEach(() => b.app.close());

const idOf = async (name: string) => (await b.store.users.find(name))!.id;

test("rename gives a user another name", async () => {
  const { code, out } = await call(["user", "rename", "ANNA", "anna.berg"]);
  assert.deepEqual([code, out], [0, "User ANNA is called anna.berg now.\n"]);
  assert.equal((await b.store.users.find("anna.berg"))?.id, anna);
});

test("rename with --json prints the user", async () => {
  const { out } = await call(["user", "rename", "anna", "Anna", "--json"]);
  assert.deepEqual([JSON.parse(out).id, JSON.parse(out).name], [anna, "Anna"]);
});

test("a renaming that is refused says why, and says so in its code", async () => {
  await call(["user", "add", "bo"]);
  assert.equal((await call(["user", "rename", "anna", "Bo"])).code, 6);
  const { code, err } = await call(["user", "rename", "anna", "anna\u2019s"]);
  assert.equal(code, 7);
  assert.match(err, /U\+2019/);
});

test("set --name does the same beside other settings", async () => {
  const { code, out } = await call(["user", "set", "anna", "--name", "anne", "--max-sessions", "2"]);
  assert.equal(code, 0);
  assert.match(out, /^Name +anne\n/);
  assert.equal((await b.store.users.find("anne"))?.maxSessions, 2);
});

test("list --id shows the user who has the ID, whatever the name", async () => {
  await call(["user", "add", "bo"]);
  assert.match((await call(["user", "list", "--id", await idOf("bo")])).out, /\nbo .*\n$/);
  assert.equal((await call(["user", "list", "--id", "u9"])).out, "There is no user with that ID.\n");
});

test("session list --user-id", async () => {
  b.concentrator.live.push(liveSession(), liveSession({ id: "s2", userId: "u2", user: "bo" }));
  const { out } = await call(["session", "list", "--user-id", "u2"]);
  assert.match(out, /\ns2 +bo /);
  assert.doesNotMatch(out, /\ns1 /);
});

const dial = (id: string, user: string | null, userId: string | null) => ({
  id,
  startedAt: NOW,
  endedAt: NOW,
  clientAddress: "203.0.113.7",
  user,
  userId,
  sessionId: null,
  verdict: "bad-credentials",
  evidence: "There is no user of that name.",
  setupMs: null,
  count: 1,
  firstAt: NOW,
  lastTimes: [NOW],
  trace: [],
});

test("attempt list --user-id, and a name with white space at an end in quotes", async () => {
  for (const [n, user] of ["anna ", "anna", null].entries())
    putAttempt(b.store, dial(`a${n}`, user, user === "anna" ? anna : null));
  const { out } = await call(["attempt", "list"]);
  assert.match(out, /\na0 .* {2}"anna " +- +- +bad-credentials\n/);
  assert.match(out, /\na1 .* {2}anna +- +- +bad-credentials\n/);
  const { out: own } = await call(["attempt", "list", "--user-id", anna]);
  assert.match(own, /\na1 /);
  assert.doesNotMatch(own, /\na0 /);
  assert.match((await call(["attempt", "show", "a0"])).out, /^User +"anna "$/m);
  assert.match((await call(["attempt", "show", "a1"])).out, new RegExp(`^User ID +${anna}$`, "m"));
});

for (const argv of [
  ["user", "add", "bo", "--password-stdin"],
  ["user", "password", "anna", "--password-stdin"],
])
  test(`${argv.slice(0, 2).join(" ")}: what is to be said of the password goes to standard error, also with --json`, async () => {
    for (const more of [[], ["--json"]]) {
      await b.store.users.setPassword("anna", { password: "before" });
      if (argv[1] === "add") await b.store.users.remove("bo").catch(() => {});
      const { code, out, err } = await call([...argv, ...more], "secret \r\n");
      assert.equal(code, 0);
      assert.equal(
        err,
        "pacctl: note: The password ends with a space. It is part of the password: whoever logs in must type it as well.\n",
      );
      assert.doesNotMatch(out + err, /secret/);
      assert.ok(await b.opens(argv[2]!, "secret "));
    }
    assert.equal((await call(["user", "password", "anna", "--password-stdin"], "secret\r\n")).err, "");
  });
