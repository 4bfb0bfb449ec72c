import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Bench, bench } from "../../support/admin-api.ts";
import { liveSession } from "../../support/fake-concentrator.ts";
import { injected, pacctl } from "../../support/pacctl.ts";

let b: Bench;
before(async () => {
  b = await bench();
});
after(() => b.app.close());
const call = (...argv: readonly string[]) => pacctl(argv, { fetch: injected(b.app) });

test("a group is added, changed, shown and listed, by the options of a user's policy", async () => {
  const added = await call("group", "add", "staff", "--comment", "Room 7", "--hours", "mon-fri 08:00-18:00");
  assert.deepEqual([added.code, added.out], [0, "Added group staff: pacctl user set NAME --group staff\n"]);
  const set = await call("group", "set", "STAFF", "--rate-up", "8M", "--no-hours", "--max-sessions", "2");
  assert.deepEqual([set.code, set.err], [0, ""]);
  const group = (await b.store.groups.find("staff"))!;
  assert.deepEqual([group.rateUp, group.allowedHours, group.maxSessions], [8_000_000, null, 2]);
  assert.match(set.out, /^max-sessions +2\nrate-up +8 Mbit\/s$/m);
  assert.equal((await call("group", "show", "staff")).out, set.out);
  assert.match((await call("group", "list")).out, /^staff +0 +max-sessions, rate-up +Room 7$/m);
});

test("a group takes no static address, and says what it wants where nothing is said", async () => {
  const wrong = await call("group", "set", "staff", "--static-address", "10.77.0.5");
  assert.notEqual(wrong.code, 0);
  assert.match((await call("group", "set", "staff")).err, /Say what to set/);
});

test("users are put into a group, and shown with what is whose", async () => {
  await call(
    "user",
    "add",
    "anna",
    "--group",
    "staff",
    "--rate-down",
    "9M",
    "--label",
    "floor=2",
    "--label",
    "vip",
  );
  await call("user", "add", "bo", "--comment", "until May");
  const { out } = await call("user", "show", "anna");
  for (const line of [
    /^Group +staff$/m,
    /^Labels +floor=2, vip$/m,
    /^Own +rate-down$/m,
    /^From group +max-sessions, rate-up$/m,
    /^Last log-in +never$/m,
  ])
    assert.match(out, line);
  assert.match((await call("group", "members", "staff")).out, /^anna /m);
  const told = await call("group", "set", "staff", "--rate-down", "1M");
  assert.match(told.err, /rateDown means nothing for users who have their own: 1/);
  await call("user", "set", "anna", "--inherit", "rate-down", "--no-label");
  const anna = (await b.store.users.find("anna"))!;
  assert.deepEqual([anna.rateDown, anna.own, anna.labels], [1_000_000, [], {}]);
});

test("user list finds by group, label, comment and whether they may dial in", async () => {
  await call("user", "set", "bo", "--label", "floor=3");
  for (const [argv, there, missing] of [
    [["--group", "staff"], "anna", "bo"],
    [["--group", "none"], "bo", "anna"],
    [["--label", "floor"], "bo", "anna"],
    [["-q", "MAY"], "bo", "anna"],
  ] as const) {
    const { out } = await call("user", "list", ...argv);
    assert.match(out, new RegExp(`^${there} `, "m"), argv.join(" "));
    assert.doesNotMatch(out, new RegExp(`^${missing} `, "m"), argv.join(" "));
  }
  assert.equal((await call("user", "list", "--disabled")).out, "There is no such user.\n");
});

test('enable takes an own "disabled" back, and sets an own one only against the group', async () => {
  await call("user", "disable", "anna");
  assert.deepEqual((await b.store.users.find("anna"))?.own, ["enabled"]);
  await call("user", "enable", "anna");
  assert.deepEqual((await b.store.users.find("anna"))?.own, []);
  await call("group", "set", "staff", "--disabled");
  assert.equal((await b.store.users.find("anna"))?.enabled, false);
  assert.equal((await call("user", "enable", "anna")).out, "User anna is enabled.\n");
  const anna = (await b.store.users.find("anna"))!;
  assert.deepEqual([anna.enabled, anna.own], [true, ["enabled"]]);
});

test("that another user holds a static address now is noted", async () => {
  b.concentrator.live.push(liveSession({ userId: "else", user: "eve", assignedAddress: "10.77.0.30" }));
  const { code, err } = await call("user", "set", "bo", "--static-address", "10.77.0.30");
  assert.deepEqual(
    [code, err],
    [0, "pacctl: note: 10.77.0.30 is held now by eve, until that session ends.\n"],
  );
});

test("a group with users is removed only with --release", async () => {
  const refused = await call("group", "remove", "staff");
  assert.notEqual(refused.code, 0);
  assert.match(refused.err, /1 user is in the group/);
  const removed = await call("group", "remove", "staff", "--release");
  assert.equal(removed.out, "Removed group staff; users who are in no group now: 1.\n");
  assert.equal((await call("group", "list")).out, "There are no groups yet: pacctl group add NAME\n");
});
