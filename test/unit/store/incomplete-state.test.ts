import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { missingIn } from "../../../server/store/files/missing.ts";
import { seconds } from "../../../server/wire/units.ts";
import { stateFrom } from "../../support/state-from-dump.ts";
import { NOON_CLOCK, temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

/** A running pacd with one user, and a way to copy its files meanwhile. */
async function running(t: TestContext) {
  const clock = new VirtualClock();
  const { store, directory } = await temporaryStore(t, { clock });
  await store.users.create({ name: "anna", password: "p" });
  return { store, directory, clock };
}

const copyOf = (t: TestContext, directory: string, ...files: string[]): string => {
  const copy = temporaryDirectory(t);
  for (const file of files) copyFileSync(join(directory, file), join(copy, file));
  return copy;
};

/** What a start says; nothing may be changed by one that refuses. */
async function refused(t: TestContext, directory: string, message: RegExp): Promise<void> {
  // As `pacd check` says it.
  assert.match(missingIn(directory)?.message ?? "", message);
  const before = readdirSync(directory).map((name) => [name, statSync(join(directory, name)).size]);
  await assert.rejects(temporaryStore(t, { directory }), { code: "state-incomplete", message });
  assert.deepEqual(
    readdirSync(directory).map((name) => [name, statSync(join(directory, name)).size]),
    before,
  );
}

const ALL = ["pacd.db", "pacd.db-wal", "secret.key"];

test("pacd.db of a running pacd without pacd.db-wal: refused, and says that the log is missing", async (t) => {
  const { directory } = await running(t);
  const copy = copyOf(t, directory, "pacd.db", "secret.key");
  await refused(
    t,
    copy,
    /pacd\.db was copied while pacd was running, and without pacd\.db-wal.*`\S*pacctl backup restore FILE --to \S+ --force`.*`\S*pacctl backup accept --to \S+`/,
  );
  // Together with its log it is whole.
  copyFileSync(join(directory, "pacd.db-wal"), join(copy, "pacd.db-wal"));
  const { store } = await temporaryStore(t, { directory: copy });
  assert.ok(await store.users.credentials("anna"));
});

test("nothing is missing of a pacd that runs, is stopped, or never was, nor of a directory that is none", async (t) => {
  const { store, directory } = await running(t);
  assert.equal(missingIn(copyOf(t, directory, ...ALL)), undefined);
  await store.close();
  for (const one of [
    directory,
    temporaryDirectory(t),
    join(directory, "none"),
    join(directory, "secret.key"),
  ])
    assert.equal(missingIn(one), undefined, one);
});

test("pacd.db of a pacd that was stopped needs nothing but its key", async (t) => {
  const { store, directory } = await running(t);
  await store.close();
  const { store: moved } = await temporaryStore(t, {
    directory: copyOf(t, directory, "pacd.db", "secret.key"),
  });
  assert.ok(await moved.users.credentials("anna"));
});

test("a second after a change it stands in pacd.db itself, so that what a careless copy lacks is little", async (t) => {
  const { directory, clock } = await running(t);
  const users = (): number => {
    const raw = new SqliteDatabase(join(copyOf(t, directory, "pacd.db"), "pacd.db"));
    try {
      return raw.prepare<[], number>("SELECT count(*) FROM users").pluck().get()!;
    } finally {
      raw.close();
    }
  };
  assert.equal(users(), 0);
  await clock.advance(seconds(1));
  assert.equal(users(), 1);
  assert.equal(clock.pending(), 0);
});

test("a pacd.db-wal of another database: refused", async (t) => {
  const { directory } = await running(t);
  const other = await running(t);
  const copy = copyOf(t, directory, "pacd.db", "secret.key");
  copyFileSync(join(other.directory, "pacd.db-wal"), join(copy, "pacd.db-wal"));
  await refused(t, copy, /pacd\.db-wal does not belong to .*pacd\.db: they are of different databases/);
});

test("an older pacd.db put beside the log of today: refused", async (t) => {
  const { store, directory, clock } = await running(t);
  const old = copyOf(t, directory, "pacd.db");
  for (const name of ["bo", "cy", "di"]) {
    await store.users.create({ name, password: "p" });
    await clock.advance(seconds(1));
  }
  const copy = copyOf(t, directory, ...ALL);
  copyFileSync(join(old, "pacd.db"), join(copy, "pacd.db"));
  await refused(t, copy, /or of different times/);
});

test("files of a pacd that was killed, at whatever moment of a copy of its log: everything is there", async (t) => {
  const { store, directory, clock } = await running(t);
  for (let round = 0; round < 3; round++) {
    const before = copyOf(t, directory, ...ALL);
    await store.users.create({ name: `user${round}`, password: "p" });
    await clock.advance(seconds(1));
    // The log was copied into the file, and not emptied yet; and once more, wholly.
    const between = copyOf(t, directory, "pacd.db", "secret.key");
    copyFileSync(join(before, "pacd.db-wal"), join(between, "pacd.db-wal"));
    for (const files of [before, copyOf(t, directory, ...ALL)]) {
      const killed = await temporaryStore(t, { directory: files });
      assert.ok(await killed.store.users.credentials("anna"));
    }
    const killed = await temporaryStore(t, { directory: between });
    assert.ok(await killed.store.users.credentials("anna"));
  }
});

test("secret.key without pacd.db: refused, where a start would have begun without users", async (t) => {
  const { directory } = await running(t);
  await refused(
    t,
    copyOf(t, directory, "secret.key"),
    /secret\.key is there, but the database with the users, .*pacd\.db, is missing.*To start anew without users, remove .*secret\.key/,
  );
});

test("pacd.db-wal without pacd.db: refused, and the log stays", async (t) => {
  const { directory } = await running(t);
  const copy = copyOf(t, directory, "pacd.db-wal", "secret.key");
  await refused(t, copy, /pacd\.db-wal is there, but the database that it belongs to/);
});

test("pacd.db of 0 octets, with and without its log: refused", async (t) => {
  const { directory } = await running(t);
  const copy = copyOf(t, directory, ...ALL);
  truncateSync(join(copy, "pacd.db"));
  await refused(t, copy, /pacd\.db is empty: it has 0 octets/);
  rmSync(join(copy, "pacd.db-wal"));
  await refused(t, copy, /pacd\.db is empty: it has 0 octets/);
});

test("pacd.db of an earlier pacd whose tables still stood in the log: refused", async (t) => {
  const directory = temporaryDirectory(t);
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.pragma("journal_mode = WAL");
  raw.close();
  await refused(t, directory, /pacd\.db holds nothing: it was copied while pacd was running/);
});

test("a restore that did not come to its end: refused", async (t) => {
  const { store, directory } = await running(t);
  await store.close();
  writeFileSync(join(directory, "restore.unfinished"), "");
  await refused(t, directory, /A restore into .* did not come to its end.*Run it again/);
});

test("pacd.db of an earlier pacd that was killed opens with its log, and is marked from then on", async (t) => {
  const directory = stateFrom(t, "0002-policy-per-user.sql");
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.pragma("journal_mode = WAL");
  raw.exec("DELETE FROM tokens");
  const copy = copyOf(t, directory, ...ALL);
  raw.close();
  const { directory: opened } = await temporaryStore(t, { directory: copy });
  await refused(t, copyOf(t, opened, "pacd.db", "secret.key"), /without pacd\.db-wal/);
});

test("a start that was killed before its database was whole begins again", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "pacd.db.new"), "half a database");
  const { store } = await temporaryStore(t, { directory, clock: NOON_CLOCK });
  assert.equal(await store.users.count(), 0);
  assert.equal(existsSync(join(directory, "pacd.db.new")), false);
});
