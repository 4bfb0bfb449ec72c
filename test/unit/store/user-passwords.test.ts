import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { MIGRATIONS } from "../../../migrations/index.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { NameClashes } from "../../../server/store/name-clashes.ts";
import { openDatabase } from "../../../server/store/open-database.ts";
import { ReadsBeside } from "../../../server/store/reads-beside.ts";
import type { SecretBox } from "../../../server/store/secret-box.ts";
import { unlockSecretBox } from "../../../server/store/secret-key.ts";
import { userRepository } from "../../../server/store/users.ts";
import { singleWrites } from "../../../server/store/writes/single-writes.ts";
import {
  NOON,
  NOON_CLOCK,
  temporaryDirectory,
  temporaryStore,
  UNHEARD,
} from "../../support/temporary-store.ts";

const LATER = "2026-01-02T13:00:00.000Z";
const anna = { name: "Anna", password: "clientPass" };
const hex = (octets: Uint8Array) => Buffer.from(octets).toString("hex");

test("credentials carry the NT hash of the password, for any case of the name", async (t) => {
  const { store } = await temporaryStore(t);
  const created = await store.users.create(anna);
  const found = await store.users.credentials("ANNA");
  assert.deepEqual(found?.user, created);
  // RFC 2759 §9.2: NtPasswordHash of "clientPass".
  assert.deepEqual(found?.ntHashes.map(hex), ["44ebba8d5312b8d611474411f56989ae"]);
  assert.equal(found?.password, undefined);
});

test("beyond ASCII there are two NT hashes: of UTF-16, and of UTF-8 with each octet widened to 16 bits", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "ü€" });
  const found = await store.users.credentials("anna");
  // "ü€" is c3 bc e2 82 ac in UTF-8.
  const widened = ntPasswordHash("\u00c3\u00bc\u00e2\u0082\u00ac");
  assert.deepEqual(found?.ntHashes.map(hex), [ntPasswordHash("ü€"), widened].map(hex));
});

test("a disabled user has credentials: refusing it is for the room above", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ ...anna, enabled: false });
  assert.equal((await store.users.credentials("anna"))?.user.enabled, false);
});

test("an unknown name has no credentials, whatever octets it is made of", async (t) => {
  const { store } = await temporaryStore(t);
  for (const name of ["", "nobody", "\0", "x".repeat(10_000), "'; DROP TABLE users; --"])
    assert.equal(await store.users.credentials(name), undefined);
});

test("unknown, known, and with a kept password: the same two unsealings of the same lengths", async (t) => {
  const directory = temporaryDirectory(t);
  const {
    db,
    prepared: box,
    openReader,
  } = await openDatabase({
    directory,
    clock: NOON_CLOCK,
    ...UNHEARD,
    steps: MIGRATIONS,
    prepare: (fresh) => unlockSecretBox(fresh, directory),
  });
  t.after(() => db.destroy());
  const opened: number[] = [];
  const watched: SecretBox = {
    ...box,
    open(sealed, place) {
      const secret = box.open(sealed, place);
      opened.push(secret?.length ?? -1);
      return secret;
    },
  };
  const clock = { date: () => new Date(NOON) };
  const clashes = await NameClashes.read(db, () => {});
  const beside = new ReadsBeside(db, openReader);
  const users = userRepository({ db, box: watched, ntHash: ntPasswordHash, clock, clashes, beside });
  const { create } = singleWrites(users.write);
  await create(anna);
  await create({ ...anna, name: "kept", recoverablePassword: true });
  assert.ok(await users.credentials("anna"));
  assert.ok(await users.credentials("kept"));
  assert.equal(await users.credentials("nobody"), undefined);
  assert.deepEqual(opened, [16, 64, 16, 64, 16, 64]);
});

test("a new password replaces the old hashes and says when", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  const created = await store.users.create(anna);
  assert.equal(created.passwordChangedAt, NOON);
  at = LATER;
  const changed = await store.users.setPassword("anna", { password: "Grüße 🔑" });
  assert.deepEqual(changed, { ...created, passwordChangedAt: LATER, updatedAt: LATER, revision: "2" });
  const found = await store.users.credentials("anna");
  assert.equal(found?.ntHashes.length, 2);
  assert.deepEqual(found?.ntHashes[0], ntPasswordHash("Grüße 🔑"));
  await store.users.setPassword("anna", { password: "plain" });
  assert.deepEqual((await store.users.credentials("anna"))?.ntHashes, [ntPasswordHash("plain")]);
});

test("an update of something else does not count as a new password", async (t) => {
  let at = NOON;
  const { store } = await temporaryStore(t, { clock: { ...NOON_CLOCK, date: () => new Date(at) } });
  await store.users.create(anna);
  at = LATER;
  assert.equal((await store.users.update("anna", { enabled: false })).passwordChangedAt, NOON);
});

test("a new password takes over when it expires, and leaves that alone where it is not said", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ ...anna, passwordExpiresAt: "2026-01-01T00:00:00Z" });
  const set = (passwordExpiresAt?: string | null) =>
    store.users.setPassword("anna", {
      password: "other",
      ...(passwordExpiresAt === undefined ? {} : { passwordExpiresAt }),
    });
  assert.equal((await set()).passwordExpiresAt, "2026-01-01T00:00:00.000Z");
  assert.equal((await set("2026-07-01T02:00:00+02:00")).passwordExpiresAt, "2026-07-01T00:00:00.000Z");
  assert.equal((await set(null)).passwordExpiresAt, null);
  await assert.rejects(set("soon"), { code: "invalid-policy", details: { field: "passwordExpiresAt" } });
});

test("a new password that breaks a rule leaves the old one", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(anna);
  await assert.rejects(store.users.setPassword("anna", { password: "a\0b" }), { code: "invalid-password" });
  assert.deepEqual((await store.users.credentials("anna"))?.ntHashes, [ntPasswordHash("clientPass")]);
});

for (const password of ["p", "x".repeat(64), "x".repeat(65), "Grüße 🔑", "🔑".repeat(256)])
  test(`a password of ${Buffer.byteLength(password)} octets that is kept comes out as it went in`, async (t) => {
    const { store } = await temporaryStore(t);
    const created = await store.users.create({ name: "anna", password, recoverablePassword: true });
    assert.equal(created.recoverablePassword, true);
    assert.deepEqual(await store.users.find("anna"), created);
    assert.equal((await store.users.credentials("anna"))?.password, password);
  });

test("a new password is kept or not as it is said, and otherwise as the old one was", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create(anna);
  const kept = async () => (await store.users.credentials("anna"))?.password;
  const set = async (password: string, recoverablePassword?: boolean) =>
    (
      await store.users.setPassword("anna", {
        password,
        ...(recoverablePassword === undefined ? {} : { recoverablePassword }),
      })
    ).recoverablePassword;
  assert.deepEqual([await set("one"), await kept()], [false, undefined]);
  assert.deepEqual([await set("two", true), await kept()], [true, "two"]);
  assert.deepEqual([await set("three"), await kept()], [true, "three"]);
  assert.deepEqual([await set("four", false), await kept()], [false, undefined]);
});

test("a kept password is forgotten when an update says so, and the user still logs in", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ ...anna, recoverablePassword: true });
  assert.equal((await store.users.update("anna", { enabled: true })).recoverablePassword, true);
  assert.equal((await store.users.update("anna", { recoverablePassword: false })).recoverablePassword, false);
  const found = await store.users.credentials("anna");
  assert.equal(found?.password, undefined);
  assert.deepEqual(found?.ntHashes, [ntPasswordHash("clientPass")]);
});

test("a kept password that was moved to another user is secret-key-mismatch, not that user's password", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ ...anna, recoverablePassword: true });
  await store.users.create({ name: "bo", password: "other" });
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("UPDATE users SET password = (SELECT password FROM users WHERE name = 'anna') WHERE name = 'bo'");
  raw.close();
  await assert.rejects(store.users.credentials("bo"), { code: "secret-key-mismatch" });
  assert.equal((await store.users.credentials("anna"))?.password, "clientPass");
});

test("a sealed hash in the place of the kept password is secret-key-mismatch too", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ ...anna, recoverablePassword: true });
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("UPDATE users SET password = nt_hash");
  raw.close();
  await assert.rejects(store.users.credentials("anna"), { code: "secret-key-mismatch" });
});

test("a new password and the wish to forget it at once: it is not kept, and is the new one", async (t) => {
  const { store } = await temporaryStore(t);
  await store.users.create({ ...anna, recoverablePassword: true });
  await Promise.all([
    store.users.setPassword("anna", { password: "other" }),
    store.users.update("anna", { recoverablePassword: false }),
  ]);
  const found = await store.users.credentials("anna");
  assert.equal(found?.password, undefined);
  assert.deepEqual(found?.ntHashes, [ntPasswordHash("other")]);
});

test("what is sealed does not tell how long a short password is", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ name: "short", password: "p", recoverablePassword: true });
  await store.users.create({ name: "long", password: "x".repeat(60), recoverablePassword: true });
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  t.after(() => raw.close());
  const lengths = raw.prepare<[], number>("SELECT DISTINCT length(password) FROM users").pluck().all();
  assert.equal(lengths.length, 1);
});
