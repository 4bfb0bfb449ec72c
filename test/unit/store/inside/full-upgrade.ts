import assert from "node:assert/strict";
import { chmodSync, copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { type Kysely, sql } from "kysely";
import { MIGRATIONS } from "../../../../migrations/index.ts";
import { STATES } from "../../../fixtures/states/people.ts";
import { fill, smallDisk } from "../../../support/small-disk.ts";
import { stateFrom } from "../../../support/state-from-dump.ts";
import { temporaryStore } from "../../../support/temporary-store.ts";

/** A database of an earlier schema with some hundred KiB, on a small disk. */
function state(t: TestContext): string {
  const directory = smallDisk(t);
  const made = stateFrom(t, join(STATES, "0004-records-of-dials.sql"));
  for (const name of ["pacd.db", "secret.key"]) {
    copyFileSync(join(made, name), join(directory, name));
    chmodSync(join(directory, name), 0o600);
  }
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.pragma("journal_mode = WAL");
  raw.exec("CREATE TABLE ballast (x)");
  raw.prepare("INSERT INTO ballast VALUES (zeroblob(?))").run(400_000);
  raw.close();
  return directory;
}

const names = (directory: string) =>
  readdirSync(directory)
    .filter((name) => !name.endsWith("-shm"))
    .sort();

test("no room for the copy: nothing is changed, and the sentence says what to do", async (t) => {
  const directory = state(t);
  const [ballast, index] = [join(directory, "ballast"), join(directory, "index")];
  // Room for SQLite's index of its log, and for no more.
  writeFileSync(index, Buffer.alloc(100_000));
  fill(ballast);
  rmSync(index);
  await assert.rejects(temporaryStore(t, { directory }), {
    code: "migration-failed",
    message:
      /has to be brought from schema 0004-records-of-dials to 0010-events, and could not be copied to .*pacd\.db\.before-0005 before that: .*(full|ENOSPC).*Nothing was changed\. .*free as much as the database takes/,
  });
  assert.deepEqual(names(directory), ["ballast", "pacd.db", "secret.key"]);
  rmSync(ballast);
  const { store } = await temporaryStore(t, { directory });
  assert.ok(await store.users.credentials("anna"));
});

test("the disk is full in the middle of a step: the database is as it was, and so is the copy", async (t) => {
  const directory = state(t);
  const large = {
    async up(db: Kysely<unknown>) {
      await sql`CREATE TABLE more (x)`.execute(db);
      for (let i = 0; i < 40; i++) await sql`INSERT INTO more VALUES (zeroblob(100000))`.execute(db);
    },
  };
  await assert.rejects(temporaryStore(t, { directory, steps: { ...MIGRATIONS, "9998-large": large } }), {
    code: "migration-failed",
    message: /from schema 0004-records-of-dials to 9998-large: .*disk is full.*The database is as it was/,
  });
  const raw = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
  assert.equal(raw.pragma("integrity_check", { simple: true }), "ok");
  assert.equal(raw.prepare("SELECT max(name) FROM kysely_migration").pluck().get(), "0004-records-of-dials");
  raw.close();
  const { store } = await temporaryStore(t, { directory });
  assert.ok(await store.users.credentials("anna"));
});
