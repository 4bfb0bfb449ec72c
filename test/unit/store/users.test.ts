import assert from "node:assert/strict";
import { test } from "node:test";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import type { NewUser } from "../../../server/store/store-types.ts";
import { NOON, NOON_CLOCK, temporaryStore } from "../../support/temporary-store.ts";

const user = (name: string, more: Partial<NewUser> = {}): NewUser => ({
  name,
  password: "clientPass",
  ...more,
});

test("a user that was created is found, without regard to ASCII case, as it was written", async (t) => {
  const { store } = await temporaryStore(t);
  const created = await store.users.create(user("Anna"));
  assert.deepEqual(created, {
    id: created.id,
    name: "Anna",
    ...UNRESTRICTED,
    group: null,
    own: [],
    fromGroup: [],
    comment: "",
    labels: {},
    lastLogInAt: null,
    lastLogInAddress: null,
    lastLogInSession: null,
    recoverablePassword: false,
    passwordChangedAt: NOON,
    createdAt: NOON,
    updatedAt: NOON,
    revision: "1",
  });
  assert.deepEqual(await store.users.find("aNNA"), created);
  assert.equal(await store.users.find("Anna "), undefined);
  assert.equal(await store.users.find("An%"), undefined);
});

test("a second user of the same name, in whatever case, is user-exists and is not stored", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna"));
  await assert.rejects(store.users.create(user("ANNA")), { code: "user-exists" });
  assert.equal(await store.users.count(), 1);
});

test("of two creations of one name at once exactly one wins", async (t) => {
  const { store } = await temporaryStore(t);
  const both = await Promise.allSettled([store.users.create(user("bo")), store.users.create(user("Bo"))]);
  assert.deepEqual(both.map((one) => one.status).sort(), ["fulfilled", "rejected"]);
});

test("a static address belongs to one user: the second to ask is address-taken", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna", { staticAddress: "10.77.0.20" }));
  await assert.rejects(store.users.create(user("bo", { staticAddress: "10.77.0.20" })), {
    code: "address-taken",
  });
  await store.users.create(user("cy"));
  await assert.rejects(store.users.update("cy", { staticAddress: "10.77.0.20" }), { code: "address-taken" });
  assert.equal((await store.users.find("cy"))?.staticAddress, null);
  assert.equal(await store.users.find("bo"), undefined);
});

test("many users without a static address get along", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["a", "b", "c"]) await store.users.create(user(name));
  assert.equal(await store.users.count(), 3);
});

test("a user may keep the static address that is its own", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna", { staticAddress: "10.77.0.20" }));
  const changed = await store.users.update("ANNA", { staticAddress: "10.77.0.20", enabled: false });
  assert.equal(changed.staticAddress, "10.77.0.20");
  assert.equal(changed.enabled, false);
});

test("an update changes what is given and nothing else, and moves updatedAt", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const created = await store.users.create(user("anna", { staticAddress: "10.77.0.20" }));
  at = "2026-01-02T13:00:00.000Z";
  assert.deepEqual(await store.users.update("anna", { enabled: false }), {
    ...created,
    enabled: false,
    own: ["enabled", "staticAddress"],
    updatedAt: at,
    revision: "2",
  });
  assert.equal((await store.users.update("anna", { staticAddress: null })).staticAddress, null);
});

test("a static address that was given up is free for another", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(user("anna", { staticAddress: "10.77.0.20" }));
  await store.users.remove("anna");
  await store.users.create(user("bo", { staticAddress: "10.77.0.20" }));
});

test("who watches the static addresses hears of all, of disabled users too, and then of each change", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(user("anna", { staticAddress: "10.77.0.20", enabled: false }));
  await store.users.create(user("bo"));
  await store.close();
  const { users } = (await temporaryStore(t, { directory })).store;
  const heard: string[] = [];
  const since = () => heard.splice(0);
  users.watchStaticAddresses((address, owned) => heard.push(`${owned ? "+" : "-"}${address}`));
  assert.deepEqual(since(), ["+10.77.0.20"]);
  await users.create(user("carl", { staticAddress: "10.77.0.21" }));
  await users.create(user("dora"));
  assert.deepEqual(since(), ["+10.77.0.21"]);
  await users.update("bo", { staticAddress: "10.77.0.22" });
  await users.update("BO", { staticAddress: "10.77.0.23" });
  await users.update("bo", { staticAddress: "10.77.0.23", rateUp: 64_000 });
  await users.update("bo", { enabled: false });
  assert.deepEqual(since(), ["+10.77.0.22", "-10.77.0.22", "+10.77.0.23"]);
  await assert.rejects(users.update("bo", { staticAddress: "10.77.0.21" }), { code: "address-taken" });
  await assert.rejects(users.create(user("eve", { staticAddress: "10.77.0.21" })), { code: "address-taken" });
  await users.setPassword("carl", { password: "another" });
  assert.deepEqual(since(), []);
  await users.update("bo", { staticAddress: null });
  await users.remove("anna");
  await users.remove("dora");
  assert.deepEqual(since(), ["-10.77.0.23", "-10.77.0.20"]);
});

test("update, setPassword and remove of an unknown user are user-not-found", async (t) => {
  const { store } = await temporaryStore(t);
  for (const asked of [
    store.users.update("nobody", { enabled: true }),
    store.users.setPassword("nobody", { password: "clientPass" }),
    store.users.remove("nobody"),
  ])
    await assert.rejects(asked, { code: "user-not-found" });
});

test("a user that was removed is gone and its name is free again", async (t) => {
  const { store } = await temporaryStore(t);
  const created = await store.users.create(user("anna"));
  assert.deepEqual(await store.users.remove("Anna"), created);
  assert.equal(await store.users.find("anna"), undefined);
  assert.notEqual((await store.users.create(user("anna"))).id, created.id);
});

test("what breaks a rule is refused and nothing is stored", async (t) => {
  const { store } = await temporaryStore(t);
  await assert.rejects(store.users.create(user("a/b")), { code: "invalid-name" });
  await assert.rejects(store.users.create(user("anna", { password: "" })), { code: "invalid-password" });
  await assert.rejects(store.users.create(user("anna", { staticAddress: "10.77.0" })), {
    code: "invalid-address",
  });
  assert.equal(await store.users.count(), 0);
});

test("nothing that the repository returns has a password or hash, credentials aside", async (t) => {
  const { store } = await temporaryStore(t);
  const returned = [
    await store.users.create(user("anna", { recoverablePassword: true })),
    await store.users.find("anna"),
    await store.users.update("anna", { enabled: false }),
    await store.users.setPassword("anna", { password: "other" }),
    ...(await store.users.list({ limit: 10 })).items,
    (await store.users.credentials("anna"))?.user,
    await store.users.remove("anna"),
  ];
  const facts = [
    "id",
    "name",
    "recoverablePassword",
    "passwordChangedAt",
    "createdAt",
    "updatedAt",
    "revision",
  ];
  facts.push("group", "own", "fromGroup", "comment", "labels");
  facts.push("lastLogInAt", "lastLogInAddress", "lastLogInSession");
  const keys = [...facts, ...Object.keys(UNRESTRICTED)].sort();
  for (const one of returned) assert.deepEqual(Object.keys(one!).sort(), keys);
});
