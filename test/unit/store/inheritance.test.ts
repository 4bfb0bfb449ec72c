import assert from "node:assert/strict";
import { test } from "node:test";
import { GROUP_FIELDS, type GroupField, type GroupPolicy } from "../../../server/policy/group-policy.ts";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

/** For each field that a group can decide: what the group says, and what a member says instead. */
const SAYS: { readonly [Field in GroupField]: readonly [GroupPolicy[Field], GroupPolicy[Field]] } = {
  enabled: [false, true],
  validFrom: ["2026-01-01T00:00:00.000Z", null],
  validUntil: ["2026-12-31T23:00:00.000Z", "2027-12-31T23:00:00.000Z"],
  allowedHours: [["mon-fri 08:00-18:00"], []],
  allowedSources: [["203.0.113.0/24"], ["198.51.100.7"]],
  pool: ["guests", null],
  dns: [["192.0.2.53"], ["192.0.2.54", "192.0.2.55"]],
  encryption: ["optional", "required"],
  sessionTimeout: [3600, null],
  idleTimeout: [600, 60],
  maxSessions: [2, null],
  whenExceeded: ["replace", "deny"],
  rateUp: [8_000_000, null],
  rateDown: [8_000_000, 100_000_000],
  allowedDestinations: [["10.0.0.0/8"], []],
};

test("the table has every field that a group can decide", () => {
  assert.deepEqual(Object.keys(SAYS), GROUP_FIELDS);
  assert.equal(GROUP_FIELDS.length, Object.keys(UNRESTRICTED).length - 2);
});

for (const field of GROUP_FIELDS) {
  const [group, own] = SAYS[field];

  test(`${field}: a member has the group's, the own one where there is one, and the group's again`, async (t) => {
    const { store } = await temporaryStore(t);
    await store.groups.create({ name: "staff", [field]: group });
    const anna = await store.users.create({ name: "anna", password: "p", group: "staff" });
    assert.deepEqual([anna[field], anna.own, anna.fromGroup], [group, [], [field]]);
    const changed = await store.users.update("anna", { [field]: own });
    assert.deepEqual([changed[field], changed.own, changed.fromGroup], [own, [field], []]);
    assert.deepEqual(await store.users.find("anna"), changed);
    assert.deepEqual((await store.users.list({ limit: 1 })).items, [changed]);
    assert.deepEqual((await store.users.credentials("anna"))?.user, changed);
    const again = { ...anna, revision: "3.1" };
    assert.deepEqual(await store.users.update("anna", { inherit: [field] }), again);
    assert.deepEqual((await store.users.credentials("anna"))?.user, again);
  });

  test(`${field}: what the group decides anew counts for whoever inherits it, and nothing for the others`, async (t) => {
    const { store } = await temporaryStore(t);
    await store.groups.create({ name: "staff" });
    await store.users.create({ name: "anna", password: "p", group: "staff" });
    await store.users.create({ name: "bo", password: "p", group: "staff", [field]: own });
    await store.users.create({ name: "cy", password: "p" });
    const seen = async () => {
      const { items } = await store.users.list({ limit: 9 });
      return items.map((user) => [user[field], user.fromGroup.includes(field)]);
    };
    const changed = await store.groups.update("STAFF", { [field]: group });
    assert.deepEqual(changed[field], group);
    assert.deepEqual(await seen(), [
      [group, true],
      [own, false],
      [UNRESTRICTED[field], false],
    ]);
    await store.groups.update("staff", { [field]: null });
    assert.deepEqual(await seen(), [
      [UNRESTRICTED[field], false],
      [own, false],
      [UNRESTRICTED[field], false],
    ]);
  });

  test(`${field}: a wrong one is refused for a group, and nothing changes`, async (t) => {
    const { store } = await temporaryStore(t);
    const staff = await store.groups.create({ name: "staff", [field]: group });
    const wrong = { comment: "x", [field]: -1 };
    const refused = { code: "invalid-policy", details: { field } };
    await assert.rejects(store.groups.update("staff", wrong), refused);
    await assert.rejects(store.groups.create({ name: "others", ...wrong }), refused);
    assert.deepEqual(await store.groups.find("staff"), staff);
    assert.equal(await store.groups.count(), 1);
  });
}

test("a static address and the end of a password are the user's own, and no group's", async (t) => {
  const { store } = await temporaryStore(t);
  const own = { staticAddress: "10.77.0.20", passwordExpiresAt: "2026-06-01T00:00:00.000Z" };
  const anna = await store.users.create({ name: "anna", password: "p", ...own });
  assert.deepEqual(anna.own, ["staticAddress", "passwordExpiresAt"]);
  const without = await store.users.update("anna", { staticAddress: null, inherit: ["passwordExpiresAt"] });
  assert.deepEqual(without, {
    ...anna,
    staticAddress: null,
    passwordExpiresAt: null,
    own: [],
    revision: "2",
  });
});

test("two changes at once leave both fields the user's own", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "p", pool: "guests" });
  await Promise.all([
    store.users.update("anna", { rateUp: 8_000 }),
    store.users.update("anna", { inherit: ["pool"], maxSessions: 2 }),
    store.users.update("anna", { rateDown: 9_000 }),
  ]);
  const anna = await store.users.find("anna");
  assert.deepEqual(anna?.own, ["maxSessions", "rateUp", "rateDown"]);
  assert.deepEqual([anna?.pool, anna?.maxSessions, anna?.rateUp, anna?.rateDown], [null, 2, 8_000, 9_000]);
});

test("moved to another group, a user keeps what is the own, and has the rest of the other one", async (t) => {
  const { store } = await temporaryStore(t);
  const staff = await store.groups.create({ name: "staff", rateUp: 8_000, pool: "staff" });
  await store.groups.create({ name: "guests", rateUp: 9_000, dns: ["192.0.2.53"] });
  await store.users.create({ name: "anna", password: "p", group: { id: staff.id }, rateDown: 10_000 });
  const moved = await store.users.update("anna", { group: "Guests" });
  assert.equal(moved.group?.name, "guests");
  assert.deepEqual(
    [moved.rateUp, moved.rateDown, moved.pool, moved.dns],
    [9_000, 10_000, null, ["192.0.2.53"]],
  );
  const alone = await store.users.update("anna", { group: null });
  assert.deepEqual([alone.group, alone.rateUp, alone.rateDown, alone.dns], [null, null, 10_000, null]);
});

test("nobody can be put into a group that there is not", async (t) => {
  const { store } = await temporaryStore(t);
  const refused = { code: "group-unknown", details: { field: "group" } };
  await assert.rejects(store.users.create({ name: "anna", password: "p", group: "staff" }), refused);
  assert.equal(await store.users.count(), 0);
  await store.users.create({ name: "anna", password: "p" });
  await assert.rejects(store.users.update("anna", { group: { id: "nobody" }, enabled: false }), refused);
  assert.equal((await store.users.find("anna"))?.enabled, true);
});

test("who may do without encryption, or has another pool, is told of by what applies", async (t) => {
  const { store } = await temporaryStore(t);
  await store.groups.create({ name: "meters", encryption: "optional", pool: "meters" });
  for (const name of ["m1", "m2"]) await store.users.create({ name, password: "p", group: "meters" });
  await store.users.create({
    name: "M3",
    password: "p",
    group: "meters",
    encryption: "required",
    pool: null,
  });
  await store.users.create({ name: "anna", password: "p", encryption: "optional", pool: "guests" });
  assert.deepEqual(await store.users.withoutEncryption(2), { names: ["anna", "m1"], total: 3 });
  assert.deepEqual(await store.users.withOtherPool([], 9), { names: ["anna", "m1", "m2"], total: 3 });
  assert.deepEqual(await store.users.withOtherPool(["guests"], 1), { names: ["m1"], total: 2 });
  assert.deepEqual(await store.users.withOtherPool(["guests", "meters"], 1), { names: [], total: 0 });
});
