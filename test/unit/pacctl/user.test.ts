import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
const call = (line: string, stdin = "") =>
  pacctl(line.split(" "), { fetch: injected(b.app), stdin: async () => stdin });

beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.app.close());

const shownPassword = (out: string) => /^Password: (.+)$/m.exec(out)?.[1] ?? "";

test("add without a password shows the generated one", async () => {
  const { code, out } = await call("user add anna");
  assert.equal(code, 0);
  assert.equal(out, `Added user anna.\nPassword: ${shownPassword(out)}\nIt is shown this once only.\n`);
  assert.ok(await b.opens("anna", shownPassword(out)));
});

for (const [input, password] of [
  ["secret", "secret"],
  ["secret\n", "secret"],
  ["secret\r\n", "secret"],
  [" two words \n", " two words "],
] as const) {
  test(`add takes the password from standard input: ${JSON.stringify(input)}`, async () => {
    const { code, out } = await call("user add anna --password-stdin", input);
    assert.deepEqual([code, out], [0, "Added user anna.\n"]);
    assert.ok(await b.opens("anna", password));
  });
}

test("an empty standard input is wrong usage, and no user is added", async () => {
  const { code, err } = await call("user add anna --password-stdin", "\n");
  assert.deepEqual([code, err], [2, "pacctl: There is no password on standard input.\n"]);
  assert.equal(await b.store.users.count(), 0);
});

test("add takes a static address and --disabled", async () => {
  await call("user add anna --static-address 10.77.0.5 --disabled");
  const user = await b.store.users.find("anna");
  assert.deepEqual([user?.enabled, user?.staticAddress], [false, "10.77.0.5"]);
});

test("list is a table with aligned columns", async () => {
  assert.equal((await call("user list")).out, "There are no users yet: pacctl user add NAME\n");
  await call("user add anna");
  await call("user add bert-with-a-long-name --static-address 10.77.0.5 --disabled");
  assert.equal(
    (await call("user list")).out,
    [
      "NAME                   ENABLED  GROUP  STATIC ADDRESS  LAST LOG-IN  SETTINGS",
      "anna                   yes      -      -               -            -",
      "bert-with-a-long-name  no       -      10.77.0.5       -            -",
      "",
    ].join("\n"),
  );
});

test("list follows pages to the last", async () => {
  for (let i = 0; i < 1001; i += 1) {
    await b.store.users.create({ name: `user${i}`, password: "p", enabled: true, staticAddress: null });
  }
  const { out } = await call("user list --json");
  assert.equal(JSON.parse(out).items.length, 1001);
});

test("show --json prints the API's answer", async () => {
  await call("user add anna");
  const api = (await b.call("GET", "/api/v1/users/anna")).json();
  assert.deepEqual(JSON.parse((await call("user show anna --json")).out), api);
  assert.deepEqual(JSON.parse((await call("--json user show anna")).out), api);
});

test("disable disconnects, enable lets in again", async () => {
  await call("user add anna");
  const { id: userId } = (await b.store.users.find("anna"))!;
  b.concentrator.live.push(liveSession({ userId }));
  assert.equal((await call("user disable anna")).out, "User anna is disabled.\n");
  assert.deepEqual(b.concentrator.live, []);
  assert.equal((await call("user enable anna")).out, "User anna is enabled.\n");
  assert.equal((await b.store.users.find("anna"))?.enabled, true);
});

test("set changes a user, and shows what came of it", async () => {
  await call("user add anna");
  assert.match(
    (await call("user set anna --static-address 10.77.0.5")).out,
    /^Static address {2}10\.77\.0\.5$/m,
  );
  assert.match((await call("user set anna --no-static-address")).out, /^Static address {2}-$/m);
});

test("password generates one, or takes one from standard input", async () => {
  await call("user add anna");
  const { out } = await call("user password anna");
  assert.ok(await b.opens("anna", shownPassword(out)));
  assert.equal(
    (await call("user password anna --password-stdin", "s3cret\n")).out,
    "Set a new password for anna.\n",
  );
  assert.ok(await b.opens("anna", "s3cret"));
});

test("remove removes; with --json it prints nothing, as the API does", async () => {
  await call("user add anna");
  assert.equal((await call("user remove anna")).out, "Removed user anna.\n");
  await call("user add bert");
  assert.deepEqual(await call("user remove bert --json"), { code: 0, out: "", err: "" });
});

test("a name with any allowed character finds its user", async () => {
  for (const name of ["50%", "max@firma.example", "a?b#c"]) {
    assert.equal((await call(`user add ${name}`)).code, 0);
    assert.equal((await call(`user show ${name}`)).code, 0);
    assert.equal((await call(`user remove ${name}`)).code, 0);
  }
  assert.equal((await call("user add -- -dash")).code, 0);
});

test("a refusal is one sentence on standard error, and exit code 5", async () => {
  assert.deepEqual(await call("user show nobody"), {
    code: 5,
    out: "",
    err: 'pacctl: There is no user "nobody".\n',
  });
});
