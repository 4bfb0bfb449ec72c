import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import { NOON, temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";

/** A state directory as an earlier pacd left it. */
function stateFrom(t: TestContext, dump: string): string {
  const directory = temporaryDirectory(t);
  const text = readFileSync(join(import.meta.dirname, "dumps", dump), "utf8");
  const key = /^-- secret\.key: ([0-9a-f]{64})$/m.exec(text)?.[1];
  assert.ok(key !== undefined);
  writeFileSync(join(directory, "secret.key"), Buffer.from(key, "hex"), { mode: 0o600 });
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec(text);
  raw.close();
  return directory;
}

test("a database of step 0001: users log in as before, are restricted in nothing, and keep what they had", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0001-first-tables.sql") });
  const anna = await store.users.credentials("anna");
  assert.deepEqual(anna, {
    user: {
      id: "78fc76e8-0417-4967-b2fe-830076dd8882",
      name: "Anna",
      ...UNRESTRICTED,
      staticAddress: "10.77.0.20",
      recoverablePassword: false,
      passwordChangedAt: "2026-02-03T08:30:00.000Z",
      createdAt: NOON,
      updatedAt: "2026-02-03T08:30:00.000Z",
    },
    ntHashes: [ntPasswordHash("clientPass")],
    password: undefined,
  });
  const bo = await store.users.credentials("bo");
  assert.equal(bo?.user.enabled, false);
  // The second hash comes with the next password: from the first one it cannot be made.
  assert.deepEqual(bo?.ntHashes, [ntPasswordHash("Grüße 🔑")]);
  const owned: string[] = [];
  store.users.watchStaticAddresses((address) => owned.push(address));
  assert.deepEqual(owned, ["10.77.0.20"]);
  assert.equal(await store.users.count(), 2);
});

test("a database of step 0001: history and tokens stay", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0001-first-tables.sql") });
  assert.equal((await store.sessions.find("s1"))?.endReason, "client-left");
  assert.equal((await store.attempts.find("a1"))?.verdict, "client-left");
  assert.deepEqual(await store.tokens.hashes(), [new Uint8Array(32).fill(7)]);
});

test("a database of step 0001: its users can be changed, and names and addresses are unique as before", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0001-first-tables.sql") });
  await assert.rejects(store.users.create({ name: "ANNA", password: "p" }), { code: "user-exists" });
  await assert.rejects(store.users.update("bo", { staticAddress: "10.77.0.20" }), { code: "address-taken" });
  await store.users.setPassword("bo", { password: "Grüße 🔑", recoverablePassword: true });
  const bo = await store.users.credentials("bo");
  assert.equal(bo?.ntHashes.length, 2);
  assert.equal(bo?.password, "Grüße 🔑");
});
