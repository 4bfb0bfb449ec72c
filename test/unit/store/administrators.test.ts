import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type { AdministratorRepository } from "../../../server/store/people/administrator-types.ts";
import type { TokenRepository } from "../../../server/store/people/token-types.ts";
import { NOON, openTemporaryStore } from "../../support/temporary-store.ts";

let admins: AdministratorRepository;
let tokens: TokenRepository;
beforeEach(async (t) => {
  const { store, close } = await openTemporaryStore();
  ({ administrators: admins, tokens } = store);
  (t as TestContext).after(close);
});

const ANNA = {
  name: "Anna",
  password: "hash 1",
  role: "admin",
  enabled: true,
  createdBy: "token admin",
} as const;
const TOKEN = new Uint8Array(32).fill(1);

/** Somebody who has logged in. */
async function loggedIn(): Promise<string> {
  const { id } = await admins.create(ANNA);
  await admins.create({ ...ANNA, name: "Bert" });
  await tokens.logIn({ administratorId: id, hash: TOKEN, expiresAt: "2026-01-03T00:00:00.000Z" });
  return id;
}

test("an administrator is found by name in whatever spelling and by ID, and never with the password", async () => {
  const made = await admins.create(ANNA);
  assert.deepEqual(made, {
    id: made.id,
    name: "Anna",
    role: "admin",
    enabled: true,
    createdAt: NOON,
    createdBy: "token admin",
    updatedAt: NOON,
    passwordChangedAt: NOON,
    lastLogInAt: null,
    lastLogInAddress: null,
  });
  for (const key of ["ANNA", made.id]) assert.deepEqual(await admins.find(key), made);
  assert.deepEqual(await admins.secret("anna"), { administrator: made, password: "hash 1" });
  assert.deepEqual([await admins.find("x"), await admins.secret("x")], [undefined, undefined]);
});

test("two spellings of one name are one administrator", async () => {
  await admins.create(ANNA);
  await assert.rejects(admins.create({ ...ANNA, name: "ANNA" }), { code: "administrator-exists" });
  await admins.create({ ...ANNA, name: "Bert" });
  await assert.rejects(admins.update("bert", { name: "anna" }), { code: "administrator-exists" });
  await assert.rejects(admins.create({ ...ANNA, name: "a\\b" }), {
    code: "invalid-name",
    message: /^The name of an administrator must not contain/,
  });
  assert.equal((await admins.update("anna", { name: "anna" })).name, "anna");
});

const ENDING: [string, () => Promise<unknown>][] = [
  ["another role", () => admins.update("anna", { role: "viewer" })],
  ["the end of enabled", () => admins.update("anna", { enabled: false })],
  ["a new password", () => admins.setPassword("anna", "hash 2")],
  ["removal", () => admins.remove("anna", { last: false })],
];
for (const [what, change] of ENDING)
  test(`${what} ends the log-ins, and whoever watches hears it`, async () => {
    await loggedIn();
    const ended: string[] = [];
    const { id } = tokens.find(TOKEN)!;
    tokens.watch((gone) => ended.push(gone));
    await change();
    assert.deepEqual([tokens.has(TOKEN), ended], [false, [id]]);
  });

test("a new name, and the role that was there, end nothing; the log-in has the new name", async () => {
  await loggedIn();
  await admins.update("anna", { name: "Anna Berg", role: "admin", enabled: true });
  assert.equal(tokens.find(TOKEN)?.name, "Anna Berg");
});

test("the last one who is enabled and may do everything stays so, unless that is said", async () => {
  await admins.create(ANNA);
  await admins.create({ ...ANNA, name: "Bert", enabled: false });
  await admins.create({ ...ANNA, name: "Carl", role: "operator" });
  const last = { code: "last-administrator" };
  await assert.rejects(admins.remove("anna", { last: false }), last);
  await assert.rejects(admins.update("anna", { enabled: false }), last);
  await assert.rejects(admins.update("anna", { role: "operator" }), last);
  assert.equal((await admins.find("anna"))?.role, "admin");
  await admins.remove("bert", { last: false });
  await admins.remove("anna", { last: true });
  assert.equal(await admins.find("anna"), undefined);
});

test("a log-in is remembered, and a password that was hashed anew", async () => {
  const { id } = await admins.create(ANNA);
  await admins.loggedIn(id, "192.0.2.1");
  assert.deepEqual(
    [(await admins.find(id))?.lastLogInAt, (await admins.find(id))?.lastLogInAddress],
    [NOON, "192.0.2.1"],
  );
  await admins.loggedIn(id, "192.0.2.1", "hash 3");
  assert.equal((await admins.secret("anna"))?.password, "hash 3");
});

test("lists come in pages by name", async () => {
  for (const name of ["c", "a", "b"]) await admins.create({ ...ANNA, name });
  const first = await admins.list({ limit: 2 });
  const second = await admins.list({ limit: 2, cursor: first.next! });
  assert.deepEqual(
    [...first.items, ...second.items].map(({ name }) => name),
    ["a", "b", "c"],
  );
});

test("whoever is not there is administrator-not-found", async () => {
  const unknown = { code: "administrator-not-found" };
  await assert.rejects(admins.update("x", { enabled: true }), unknown);
  await assert.rejects(admins.setPassword("x", "h"), unknown);
  await assert.rejects(admins.remove("x", { last: true }), unknown);
});
