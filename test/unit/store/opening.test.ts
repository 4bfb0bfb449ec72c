import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { openStore } from "../../../server/store/open-store.ts";
import { NOON_CLOCK, temporaryDirectory, temporaryStore, UNHEARD } from "../../support/temporary-store.ts";

const parts = { version: "1.2.3", clock: NOON_CLOCK, ...UNHEARD };
const anna = { name: "anna", password: "p", enabled: true, staticAddress: null };

test("database and log are readable by the owner alone, whatever the umask", async (t) => {
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  const { store, directory } = await temporaryStore(t, { directory: join(temporaryDirectory(t), "a", "b") });
  await store.users.create(anna);
  assert.deepEqual(readdirSync(directory).sort(), ["pacd.db", "pacd.db-shm", "pacd.db-wal", "secret.key"]);
  for (const file of readdirSync(directory))
    assert.equal(statSync(join(directory, file)).mode & 0o777, 0o600, file);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
});

test("ten openings of one directory at once all succeed and share the key", async (t) => {
  const directory = temporaryDirectory(t);
  const stores = await Promise.all(Array.from({ length: 10 }, () => openStore({ directory, ...parts })));
  t.after(() => Promise.all(stores.map((store) => store.close())));
  await stores[0]!.users.create(anna);
  for (const store of stores) assert.ok(await store.users.credentials("anna"));
});

test("an opening that fails does not hold up the next", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "file"), "");
  const [bad, good] = await Promise.allSettled([
    openStore({ directory: join(directory, "file"), ...parts }),
    openStore({ directory: join(directory, "good"), ...parts }),
  ]);
  assert.equal(bad.status, "rejected");
  assert.equal(good.status, "fulfilled");
  if (good.status === "fulfilled") await good.value.close();
});

test("a directory that cannot be one is state-unusable", async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, "file"), "");
  await assert.rejects(openStore({ directory: join(directory, "file", "state"), ...parts }), {
    code: "state-unusable",
  });
});

test("a file that is no database is state-unusable and stays as it is", async (t) => {
  const directory = temporaryDirectory(t);
  const text = "this is not a database\n".repeat(500);
  writeFileSync(join(directory, "pacd.db"), text);
  await assert.rejects(openStore({ directory, ...parts }), { code: "state-unusable" });
  assert.equal(statSync(join(directory, "pacd.db")).size, text.length);
});

test("a database of a newer pacd is state-unusable and says so", async (t) => {
  const { store, directory } = await temporaryStore(t);
  await store.close();
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("INSERT INTO kysely_migration VALUES ('9999-from-the-future', '2030-01-01T00:00:00.000Z')");
  raw.close();
  await assert.rejects(openStore({ directory, ...parts }), {
    code: "state-unusable",
    message:
      /pacd\.db was written by pacd 1\.2\.3, a newer one, with schema 9999-from-the-future; this pacd knows schemas up to 0010-events\. Install pacd 1\.2\.3 or a later one\..*`\S*pacctl backup restore \S+pacd\.db\.before-9999 --to \S+ --force`/,
  });
});

test("a second start runs no migration again and keeps the data", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const created = await store.users.create(anna);
  await store.close();
  const { store: next } = await temporaryStore(t, { directory });
  assert.deepEqual(await next.users.find("anna"), created);
});

test("ping answers while open, fails after close, and a second close is harmless", async (t) => {
  const { store } = await temporaryStore(t);
  await store.ping();
  await store.close();
  await store.close();
  await assert.rejects(store.ping());
});
