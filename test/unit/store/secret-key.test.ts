import assert from "node:assert/strict";
import { chmodSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { temporaryStore } from "../../support/temporary-store.ts";

const anna = { name: "anna", password: "clientPass", enabled: true, staticAddress: null };
const mismatch = (path: string) => (error: unknown) => {
  assert.ok(error instanceof AppError);
  assert.equal(error.code, "secret-key-mismatch");
  assert.ok(error.message.includes(path), error.message);
  assert.match(
    error.message,
    /Copy the key from where the database came from, or restore both with `\S*pacctl backup restore FILE --to \S+ --force`/,
  );
  return true;
};

test("the first start creates a key of 32 octets that only the owner can read", async (t) => {
  const { directory } = await temporaryStore(t);
  const path = join(directory, "secret.key");
  assert.equal(readFileSync(path).length, 32);
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test("the key stays across starts, and credentials with it", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  const key = readFileSync(join(directory, "secret.key"));
  await store.close();
  const { store: next } = await temporaryStore(t, { directory });
  assert.deepEqual(readFileSync(join(directory, "secret.key")), key);
  assert.deepEqual((await next.users.credentials("anna"))?.ntHashes[0], ntPasswordHash("clientPass"));
});

test("a key that others can read is made private again", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.close();
  chmodSync(join(directory, "secret.key"), 0o644);
  await temporaryStore(t, { directory });
  assert.equal(statSync(join(directory, "secret.key")).mode & 0o777, 0o600);
});

test("with users, a missing key is secret-key-mismatch and no new key is made", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  await store.close();
  const path = join(directory, "secret.key");
  copyFileSync(path, `${path}.backup`);
  rmSync(path);
  await assert.rejects(temporaryStore(t, { directory }), mismatch(path));
  await assert.rejects(temporaryStore(t, { directory }), mismatch(path));

  copyFileSync(`${path}.backup`, path);
  const { store: restored } = await temporaryStore(t, { directory });
  assert.ok(await restored.users.credentials("anna"));
});

test("with users, another key is secret-key-mismatch at the start, before any login", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  await store.close();
  writeFileSync(join(directory, "secret.key"), Buffer.alloc(32, 7));
  await assert.rejects(temporaryStore(t, { directory }), mismatch(join(directory, "secret.key")));
});

for (const length of [0, 31, 33])
  test(`a key of ${length} octets is secret-key-mismatch and stays as it is`, async (t) => {
    const { store, directory } = await temporaryStore(t);
    await store.close();
    const path = join(directory, "secret.key");
    writeFileSync(path, Buffer.alloc(length, 7));
    await assert.rejects(temporaryStore(t, { directory }), mismatch(path));
    assert.equal(statSync(path).size, length);
  });

test("without users, a missing or another key is taken as new: nothing was sealed with the old one", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.close();
  rmSync(join(directory, "secret.key"));
  const { store: second } = await temporaryStore(t, { directory });
  await second.close();
  writeFileSync(join(directory, "secret.key"), Buffer.alloc(32, 7));
  const { store: third } = await temporaryStore(t, { directory });
  await third.users.create(anna);
  await third.close();
  const { store: fourth } = await temporaryStore(t, { directory });
  assert.ok(await fourth.users.credentials("anna"));
});

test("a sealed hash that was moved to another user's row logs nobody in", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.users.create(anna);
  await store.users.create({ ...anna, name: "bo", password: "other" });
  await store.close();
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("UPDATE users SET nt_hash = (SELECT nt_hash FROM users WHERE name = 'anna') WHERE name = 'bo'");
  raw.close();
  const { store: next } = await temporaryStore(t, { directory });
  await assert.rejects(next.users.credentials("bo"), { code: "secret-key-mismatch" });
  assert.ok(await next.users.credentials("anna"));
  await next.users.setPassword("bo", { password: "mended" });
  assert.deepEqual((await next.users.credentials("bo"))?.ntHashes[0], ntPasswordHash("mended"));
});

test("neither password, kept or not, nor NT hash nor key stands in the database or its log", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const password = "Tr0ub4dor&3-unmistakable";
  await store.users.create({ ...anna, password, recoverablePassword: true });
  assert.equal((await store.users.credentials("anna"))?.password, password);
  await store.users.setPassword("anna", { password: `${password}-2` });
  assert.equal((await store.users.credentials("anna"))?.password, `${password}-2`);
  const secrets = [
    Buffer.from(password, "utf8"),
    Buffer.from(password, "utf16le"),
    Buffer.from(ntPasswordHash(password)),
    Buffer.from(ntPasswordHash(`${password}-2`)),
    readFileSync(join(directory, "secret.key")),
  ];
  const look = (file: string) => {
    const octets = readFileSync(join(directory, file));
    for (const secret of secrets) {
      assert.equal(octets.includes(secret), false, file);
      assert.equal(octets.toString("latin1").toLowerCase().includes(secret.toString("hex")), false, file);
    }
    return octets;
  };
  look("pacd.db");
  assert.ok(look("pacd.db-wal").includes("anna"), "the log is where the user was written");
  await store.close();
  assert.ok(look("pacd.db").includes("anna"));
});
