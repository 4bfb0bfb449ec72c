import assert from "node:assert/strict";
import { test } from "node:test";
import { UNDECIDED } from "../../../server/policy/group-policy.ts";
import { NOON, NOON_CLOCK, temporaryStore } from "../../support/temporary-store.ts";

test("a group of which only the name is said decides nothing, and is found by every spelling and by its ID", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const created = await store.groups.create({ name: "René's" });
  assert.deepEqual(created, {
    id: created.id,
    name: "René's",
    comment: "",
    ...UNDECIDED,
    users: 0,
    createdAt: NOON,
    updatedAt: NOON,
    revision: "1",
  });
  assert.deepEqual(await store.groups.find("rene\u0301'S"), created);
  assert.deepEqual(await store.groups.find({ id: created.id }), created);
  assert.equal(await store.groups.find("René"), undefined);
  await store.close();
  assert.deepEqual(await (await temporaryStore(t, { directory })).store.groups.find("RENÉ'S"), created);
});

test("a second group of the same name, in whatever spelling, is group-exists", async (t) => {
  const { store } = await temporaryStore(t);
  await store.groups.create({ name: "staff" });
  await store.groups.create({ name: "guests" });
  const refused = { code: "group-exists", details: { field: "name" } };
  await assert.rejects(store.groups.create({ name: "ＳＴＡＦＦ" }), refused);
  await assert.rejects(store.groups.update("guests", { name: "Staff" }), refused);
  assert.equal(await store.groups.count(), 2);
});

for (const [name, why] of [
  ["", "empty"],
  ["x".repeat(65), "too long"],
  [" staff", "a space before it"],
  ["a/b", "a slash"],
  ["a\\b", "a backslash"],
  ["..", "two dots"],
  ["None", "what stands for no group"],
  ["st\u0007aff", "a control character"],
] as const)
  test(`a group's name is refused: ${why}`, async (t) => {
    const { store } = await temporaryStore(t);
    const refused = { code: "invalid-name", message: /group/ };
    await assert.rejects(store.groups.create({ name }), refused);
    await store.groups.create({ name: "staff" });
    await assert.rejects(store.groups.update("staff", { name }), refused);
  });

test("a renamed group keeps its ID and its members, who show the new name", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const staff = await store.groups.create({ name: "staff", rateUp: 8_000, comment: "all" });
  const anna = await store.users.create({ name: "anna", password: "p", group: "staff" });
  at = "2026-01-02T13:00:00.000Z";
  const renamed = await store.groups.update("staff", { name: "Office" });
  assert.deepEqual(renamed, { ...staff, name: "Office", users: 1, updatedAt: at, revision: "2" });
  assert.equal(await store.groups.find("staff"), undefined);
  assert.deepEqual(await store.users.find("anna"), {
    ...anna,
    group: { id: staff.id, name: "Office" },
    revision: "1.2",
  });
});

test("a group with members is removed only where they are released, who then have their own policy", async (t) => {
  const { store } = await temporaryStore(t);
  const staff = await store.groups.create({ name: "staff", rateUp: 8_000 });
  await store.users.create({ name: "anna", password: "p", group: "staff", rateDown: 9_000 });
  const refused = { code: "group-has-members", details: { users: 1, name: "staff" } };
  await assert.rejects(store.groups.remove("staff", { release: false }), refused);
  assert.equal((await store.users.find("anna"))?.rateUp, 8_000);
  assert.deepEqual(await store.groups.remove("staff", { release: true }), { ...staff, users: 1 });
  const anna = await store.users.find("anna");
  assert.deepEqual([anna?.group, anna?.rateUp, anna?.rateDown], [null, null, 9_000]);
  assert.equal(await store.groups.count(), 0);
  await assert.rejects(store.groups.remove("staff", { release: true }), { code: "group-not-found" });
});

test("a group without members is removed without further ado", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.groups.create({ name: "staff" });
  await store.groups.remove({ id }, { release: false });
  assert.equal(await store.groups.count(), 0);
});

test("groups are listed by name, in pages, with how many are in each", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["c", "A", "b"]) await store.groups.create({ name });
  await store.users.create({ name: "anna", password: "p", group: "b" });
  const first = await store.groups.list({ limit: 2 });
  assert.deepEqual(
    first.items.map(({ name, users }) => [name, users]),
    [
      ["A", 0],
      ["b", 1],
    ],
  );
  const second = await store.groups.list({ limit: 2, cursor: first.next! });
  assert.deepEqual([second.items.map(({ name }) => name), second.next], [["c"], undefined]);
});

test("a group whose time would end before it begins is refused, whichever end is changed", async (t) => {
  const { store } = await temporaryStore(t);
  await store.groups.create({ name: "temps", validFrom: "2026-02-01T00:00:00Z" });
  const refused = { code: "invalid-policy", details: { field: "validUntil" } };
  await assert.rejects(store.groups.update("temps", { validUntil: "2026-01-01T00:00:00Z" }), refused);
  await assert.rejects(store.groups.update("nobody", {}), { code: "group-not-found" });
});

test("comment and labels of a user are kept, changed as a whole, and refused where they are none", async (t) => {
  const { store } = await temporaryStore(t);
  const labels = { department: "sales", "site.example/floor": "" };
  const anna = await store.users.create({ name: "anna", password: "p", comment: "Büro 7", labels });
  assert.deepEqual([anna.comment, anna.labels], ["Büro 7", labels]);
  assert.deepEqual(await store.users.find("anna"), anna);
  const changed = await store.users.update("anna", { labels: { team: "b" }, comment: "" });
  assert.deepEqual([changed.comment, changed.labels], ["", { team: "b" }]);
  for (const comment of ["x".repeat(501), "two\nlines", "\u202eturned"])
    await assert.rejects(store.users.update("anna", { comment, enabled: false }), {
      code: "invalid-comment",
      details: { field: "comment" },
    });
  for (const wrong of [
    { "": "x" },
    { "-a": "x" },
    { Upper: "x" },
    { ["k".repeat(64)]: "x" },
    { a: "x".repeat(129) },
    { a: "two\nlines" },
    Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, ""])),
  ])
    await assert.rejects(store.users.update("anna", { labels: wrong, enabled: false }), {
      code: "invalid-labels",
      details: { field: "labels" },
    });
  assert.deepEqual(await store.users.find("anna"), changed);
});
