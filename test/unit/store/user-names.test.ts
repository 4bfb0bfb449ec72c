import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewUser, Store } from "../../../server/store/store-types.ts";
import { NOON, NOON_CLOCK, temporaryStore } from "../../support/temporary-store.ts";

const user = (name: string, more: Partial<NewUser> = {}): NewUser => ({
  name,
  password: "clientPass",
  ...more,
});

const SPELLINGS = ["Ren\u00e9", "rene\u0301", "REN\u00c9", "RENE\u0301", "\uff32\uff45\uff4e\u00e9"];

for (const spelling of SPELLINGS)
  test(`a user ${JSON.stringify(spelling)} is found by each spelling of the name, and shown as written`, async (t) => {
    const { store } = await temporaryStore(t);
    const created = await store.users.create(user(spelling));
    assert.equal(created.name, spelling);
    for (const other of SPELLINGS) {
      assert.deepEqual(await store.users.find(other), created);
      assert.equal((await store.users.credentials(other))?.user.id, created.id);
    }
    assert.equal(await store.users.find("rene"), undefined);
    assert.equal(await store.users.find("ren\u00e9 "), undefined);
  });

test("a second user whose name is another spelling is user-exists, and the sentence says who has it", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("Ren\u00e9"));
  for (const name of SPELLINGS)
    await assert.rejects(store.users.create(user(name)), (error: Error & { code?: string }) => {
      assert.equal(error.code, "user-exists");
      assert.match(error.message, /"Ren\u00e9"/);
      return true;
    });
  assert.equal(await store.users.count(), 1);
});

test("of two creations of one name in two spellings at once exactly one wins", async (t) => {
  const { store } = await temporaryStore(t);
  const both = await Promise.allSettled([
    store.users.create(user("\u00c4nne")),
    store.users.create(user("a\u0308nne")),
  ]);
  assert.deepEqual(both.map((one) => one.status).sort(), ["fulfilled", "rejected"]);
});

test("a user is found, changed and removed by ID, whatever the name", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.users.create(user("anna"));
  await store.users.update({ id }, { enabled: false });
  await store.users.setPassword({ id }, { password: "other" });
  assert.equal((await store.users.find({ id }))?.enabled, false);
  assert.equal((await store.users.remove({ id })).name, "anna");
  for (const asked of [
    store.users.update({ id }, { enabled: true }),
    store.users.setPassword({ id }, { password: "other" }),
    store.users.remove({ id }),
  ])
    await assert.rejects(asked, { code: "user-not-found", message: `There is no user with the ID "${id}".` });
  assert.equal(await store.users.find({ id }), undefined);
});

test("a renamed user keeps ID, password and policy; the old name is nobody's and free again", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const created = await store.users.create(user("anna", { staticAddress: "10.77.0.20" }));
  const secrets = await store.users.credentials("anna");
  at = "2026-01-02T13:00:00.000Z";
  const renamed = await store.users.update("ANNA", { name: "Anne" });
  assert.deepEqual(renamed, { ...created, name: "Anne", updatedAt: at, revision: "2" });
  assert.deepEqual((await store.users.credentials("anne"))?.ntHashes, secrets?.ntHashes);
  assert.equal(await store.users.find("anna"), undefined);
  assert.notEqual((await store.users.create(user("anna"))).id, created.id);
});

test("a user may be given another spelling of the own name", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.users.create(user("rene\u0301"));
  for (const name of ["Ren\u00e9", "REN\u00c9", "ren\u00e9", "rene\u0301", "rene\u0301"]) {
    assert.equal((await store.users.update({ id }, { name })).name, name);
    assert.equal((await store.users.find("REN\u00c9"))?.id, id);
  }
});

test("a name that somebody has, in whatever spelling, is given to nobody else", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("Ren\u00e9"));
  await store.users.create(user("bo"));
  for (const name of SPELLINGS)
    await assert.rejects(store.users.update("bo", { name, enabled: false }), { code: "user-exists" });
  assert.equal((await store.users.find("bo"))?.enabled, true);
});

test("a new name obeys the rules for names", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna"));
  for (const name of ["", "a/b", "anna ", "anna\u265a", "x".repeat(65)])
    await assert.rejects(store.users.update("anna", { name }), { code: "invalid-name" });
  await assert.rejects(store.users.update("nobody", { name: "somebody" }), { code: "user-not-found" });
});

const outcomes = async (...asked: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map(({ status }) => status).sort();

const names = async (store: Store) => (await store.users.list({ limit: 10 })).items.map(({ name }) => name);

test("of two renamings of one user at once exactly one wins", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna"));
  const both = [store.users.update("anna", { name: "x" }), store.users.update("anna", { name: "y" })];
  assert.deepEqual(await outcomes(...both), ["fulfilled", "rejected"]);
  assert.equal((await names(store)).length, 1);
});

test("of two users who are given one name at once exactly one gets it", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna"));
  await store.users.create(user("bo"));
  const both = [
    store.users.update("anna", { name: "\u00c4nne" }),
    store.users.update("bo", { name: "\u00e4nne" }),
  ];
  assert.deepEqual(await outcomes(...both), ["fulfilled", "rejected"]);
  assert.equal(new Set((await names(store)).map((name) => name.toLowerCase())).size, 2);
});

test("what strangers send is looked up like any other name, and is nobody", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna"));
  for (const name of [
    "",
    " ",
    "anna\u0000",
    "\ud800",
    "\u202eanna",
    "\u265a".repeat(256),
    "' OR 1=1 --",
    "%",
    "ann_",
  ])
    assert.equal(await store.users.credentials(name), undefined);
});

test("the history of a user is found by ID after a renaming, and by every spelling of what was sent", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.users.create(user("anna"));
  for (const [attempt, name, userId] of [
    ["a1", "ANNA", id],
    ["a2", "\uff21nna ", null],
    ["a3", "anne", id],
    ["a4", "anna", "somebody else"],
  ] as const) {
    store.records.begin({ id: attempt, startedAt: NOON, clientAddress: "192.0.2.1" });
    store.records.update(attempt, { user: name, userId });
  }
  const ids = async (filter: object) =>
    (await store.attempts.list({ limit: 10, ...filter })).items.map((attempt) => attempt.id);
  assert.deepEqual(await ids({ userId: id }), ["a3", "a1"]);
  assert.deepEqual(await ids({ user: "anna" }), ["a4", "a2", "a1"]);
  assert.deepEqual(await ids({ user: "anna", userId: id }), ["a1"]);
  assert.deepEqual(await ids({ user: "an" }), []);
});
