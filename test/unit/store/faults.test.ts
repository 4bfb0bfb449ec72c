import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { faultOf, storeUnavailable } from "../../../server/store/faults.ts";
import { faultyStore } from "../../support/faulty-store.ts";

const PATH = "/var/lib/pacd/pacd.db";

/** What SQLite says, and what the operator reads. */
const FAULTS = [
  ["SQLITE_BUSY", "locked", /another program holds the lock of .*fuser/],
  ["SQLITE_BUSY_SNAPSHOT", "locked", /another program/],
  ["SQLITE_BUSY_RECOVERY", "locked", /another program/],
  ["SQLITE_LOCKED", "locked", /another program/],
  ["SQLITE_FULL", "full", /disk is full .*of \/var\/lib\/pacd; df -h/],
  ["SQLITE_READONLY", "read-only", /cannot be written/],
  ["SQLITE_READONLY_DBMOVED", "read-only", /cannot be written/],
  ["SQLITE_IOERR", "io-error", /dmesg/],
  ["SQLITE_IOERR_FSYNC", "io-error", /dmesg/],
  ["SQLITE_CORRUPT", "corrupt", /damaged .*last backup/],
  ["SQLITE_CORRUPT_INDEX", "corrupt", /damaged/],
  ["SQLITE_NOTADB", "corrupt", /damaged/],
  ["SQLITE_CANTOPEN", "unopenable", /owner and mode of \/var\/lib\/pacd\./],
  ["SQLITE_PERM", "unopenable", /cannot be opened/],
  ["SQLITE_NOMEM", "no-memory", /no memory left/],
] as const;

for (const [code, reason, words] of FAULTS)
  test(`${code} is ${reason}, with what to do, and the code for whoever looks it up`, () => {
    const fault = faultOf(new SqliteDatabase.SqliteError("said by SQLite", code));
    assert.equal(fault, reason);
    const error = storeUnavailable(fault!, PATH, code);
    assert.deepEqual([error.code, error.details], ["store-unavailable", { reason }]);
    assert.match(error.message, words);
    assert.ok(error.message.includes(code));
  });

test("a constraint, and what is no error of SQLite, is no fault of the database", () => {
  assert.equal(faultOf(new SqliteDatabase.SqliteError("UNIQUE", "SQLITE_CONSTRAINT_UNIQUE")), undefined);
  assert.equal(faultOf(new SqliteDatabase.SqliteError("syntax", "SQLITE_ERROR")), undefined);
  assert.equal(faultOf(new Error("SQLITE_FULL")), undefined);
});

test("a database that somebody empties under pacd is damaged: who logs in learns it, and tokens still hold", async (t) => {
  const { store, directory, conditions } = await faultyStore(t);
  await store.users.create({ name: "anna", password: "p" });
  await store.tokens.put("admin", new Uint8Array(32).fill(7));
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("DROP TABLE users; DROP TABLE tokens");
  raw.close();
  await assert.rejects(store.users.credentials("anna"), {
    code: "store-unavailable",
    details: { reason: "corrupt" },
  });
  assert.deepEqual(
    conditions.all().map(({ code }) => code),
    ["users-unreadable"],
  );
  assert.equal(store.tokens.find(new Uint8Array(32).fill(7))?.name, "admin");
});
