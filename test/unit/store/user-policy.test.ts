import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { UNRESTRICTED, type UserPolicy } from "../../../server/policy/user-policy.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const anna = { name: "anna", password: "clientPass" };

/** Each field as nobody has it who was not restricted, in its normal form. */
const STRICT: UserPolicy = {
  enabled: false,
  validFrom: "2026-01-01T00:00:00.000Z",
  validUntil: "2026-12-31T23:00:00.000Z",
  allowedHours: ["mon-fri 08:00-18:00", "sat,sun 10:00-14:00"],
  allowedSources: ["203.0.113.0/24", "198.51.100.7"],
  staticAddress: "10.77.0.20",
  pool: "guests",
  dns: ["192.0.2.53", "192.0.2.54"],
  encryption: "optional",
  sessionTimeout: 31_536_000,
  idleTimeout: 600,
  maxSessions: 2,
  whenExceeded: "replace",
  rateUp: 8_000,
  rateDown: 100_000_000_000,
  allowedDestinations: ["10.0.0.0/8"],
  passwordExpiresAt: "2026-06-01T00:00:00.000Z",
};

test("a user of whom only name and password are said is unrestricted", async (t) => {
  const { store } = await temporaryStore(t);
  const created = await store.users.create(anna);
  for (const [field, value] of Object.entries(UNRESTRICTED))
    assert.deepEqual(created[field as keyof UserPolicy], value, field);
});

test("a policy that is said at once is kept as it is, also across a new start", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const created = await store.users.create({ ...anna, ...STRICT });
  for (const [field, value] of Object.entries(STRICT))
    assert.deepEqual(created[field as keyof UserPolicy], value, field);
  assert.deepEqual(await store.users.find("anna"), created);
  assert.deepEqual((await store.users.list({ limit: 1 })).items, [created]);
  assert.deepEqual((await store.users.credentials("anna"))?.user, created);
  await store.close();
  const { store: next } = await temporaryStore(t, { directory });
  assert.deepEqual(await next.users.find("anna"), created);
});

for (const field of Object.keys(STRICT) as (keyof UserPolicy)[]) {
  test(`${field} alone is changed, and back again`, async (t) => {
    const { store } = await temporaryStore(t);
    const created = await store.users.create(anna);
    const changed = await store.users.update("anna", { [field]: STRICT[field] });
    assert.deepEqual(changed, { ...created, [field]: STRICT[field], own: [field], revision: "2" });
    assert.deepEqual(await store.users.find("anna"), changed);
    assert.deepEqual(await store.users.update("anna", { inherit: [field] }), { ...created, revision: "3" });
  });

  test(`a wrong ${field} is refused and nothing changes`, async (t) => {
    const { store } = await temporaryStore(t);
    const created = await store.users.create(anna);
    const code = field === "staticAddress" ? "invalid-address" : "invalid-policy";
    const wrong = { enabled: false, pool: "other", [field]: -1 };
    await assert.rejects(store.users.update("anna", wrong), { code, details: { field } });
    await assert.rejects(store.users.create({ ...anna, name: "bo", ...wrong }), { code, details: { field } });
    assert.deepEqual(await store.users.find("anna"), created);
    assert.equal(await store.users.count(), 1);
  });
}

test("what is stored is the normal form", async (t) => {
  const { store } = await temporaryStore(t);
  const created = await store.users.create({
    ...anna,
    validFrom: "2026-01-01T01:00:00+01:00",
    allowedHours: ["Mon,Tue,Wed 8:00 - 18:00"],
    allowedSources: [" 198.51.100.7 "],
  });
  assert.equal(created.validFrom, "2026-01-01T00:00:00.000Z");
  assert.deepEqual(created.allowedHours, ["mon-wed 08:00-18:00"]);
  assert.deepEqual(created.allowedSources, ["198.51.100.7"]);
});

test("a single address that was stored with its length is shown as it is written now", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  const database = new SqliteDatabase(join(directory, "pacd.db"));
  t.after(() => database.close());
  database
    .prepare("UPDATE users SET allowed_sources = ?")
    .run('["203.0.113.0/24","198.51.100.7/32","10.0.0.0/32"]');
  const sources = ["203.0.113.0/24", "198.51.100.7", "10.0.0.0"];
  assert.deepEqual((await store.users.find("anna"))?.allowedSources, sources);
  assert.deepEqual((await store.users.credentials("anna"))?.user.allowedSources, sources);
  assert.deepEqual((await store.users.list({ limit: 1 })).items[0]?.allowedSources, sources);
});

test("a time that would end before it begins is refused, whichever end is changed", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({
    ...anna,
    validFrom: "2026-02-01T00:00:00Z",
    validUntil: "2026-03-01T00:00:00Z",
  });
  const refused = { code: "invalid-policy", details: { field: "validUntil" } };
  await assert.rejects(store.users.update("anna", { validUntil: "2026-02-01T00:00:00Z" }), refused);
  await assert.rejects(store.users.update("anna", { validFrom: "2026-03-01T00:00:00Z" }), refused);
  await store.users.update("anna", { validFrom: "2026-04-01T00:00:00Z", validUntil: null });
  await assert.rejects(store.users.update("anna", { validUntil: "2026-02-01T00:00:00Z" }), refused);
});

test("of two changes at once that do not fit together one wins", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(anna);
  const both = await Promise.allSettled([
    store.users.update("anna", { validFrom: "2026-03-01T00:00:00Z" }),
    store.users.update("anna", { validUntil: "2026-02-01T00:00:00Z" }),
  ]);
  assert.deepEqual(both.map((one) => one.status).sort(), ["fulfilled", "rejected"]);
});

test("who may connect without encryption is listed by name, a few and how many in all", async (t) => {
  const { store } = await temporaryStore(t);
  assert.deepEqual(await store.users.withoutEncryption(2), { names: [], total: 0 });
  for (const name of ["cy", "Bo", "anna"])
    await store.users.create({ name, password: "p", encryption: "optional" });
  await store.users.create({ name: "dora", password: "p" });
  assert.deepEqual(await store.users.withoutEncryption(2), { names: ["anna", "Bo"], total: 3 });
  await store.users.update("bo", { encryption: "required" });
  assert.deepEqual(await store.users.withoutEncryption(2), { names: ["anna", "cy"], total: 2 });
});

test("listing them reads the partial index and not the table", async (t) => {
  const { directory } = await temporaryStore(t);
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => raw.close());
  for (const what of ["name", "count(*)"]) {
    const query = `SELECT ${what} FROM users WHERE encryption = 'optional' ORDER BY name LIMIT 2`;
    const [plan] = raw.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).all();
    assert.match(plan!.detail, /COVERING INDEX users_without_encryption/);
  }
});

test("the database itself takes no list that is not JSON and no word that means nothing", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  t.after(() => raw.close());
  for (const wrong of [
    "allowed_hours = '{}'",
    "allowed_sources = 'x'",
    "allowed_destinations = NULL",
    "dns = '1'",
    "encryption = 'none'",
    "when_exceeded = ''",
    "max_sessions = 0",
    "rate_up = 0.5",
    "session_timeout = -1",
  ])
    assert.throws(() => raw.exec(`UPDATE users SET ${wrong}`), SqliteDatabase.SqliteError, wrong);
});
