import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lockStateDirectory } from "../../../server/platform/state-lock.ts";
import { assertWhole, serving } from "../../support/backup-bench.ts";
import { needs } from "../../support/needs.ts";
import { stateFrom } from "../../support/state-from-dump.ts";
import { temporaryDirectory, temporaryStore } from "../../support/temporary-store.ts";

test("restore refuses a state that is there, and with --force puts it aside whole", async (t) => {
  const { token, folder, call } = await serving(t);
  const file = join(folder, "pacd.tar");
  await call("create", file);
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ name: "old", password: "p" });
  await store.close();
  const key = readFileSync(join(directory, "secret.key"));
  const refused = await call("restore", file, "--to", directory);
  assert.equal(refused.code, 6);
  assert.match(refused.err, /holds a state already \(secret\.key, pacd\.db\)\. With --force it is put aside/);
  const forced = await call("restore", file, "--to", directory, "--force");
  assert.equal(forced.code, 0);
  const aside = join(directory, "before-restore-20260301T100000Z");
  assert.match(forced.out, new RegExp(`What was there before is in ${aside}`));
  assert.deepEqual(readFileSync(join(aside, "secret.key")), key);
  assert.ok((await (await temporaryStore(t, { directory: aside })).store.users.find("old")) !== undefined);
  await assertWhole(t, directory, token);
});

test("a damaged backup changes nothing: neither a fresh directory nor a state that is there", async (t) => {
  const { folder, call, fresh } = await serving(t);
  const file = join(folder, "pacd.tar");
  await call("create", file);
  const octets = readFileSync(file);
  octets[octets.length >> 1]! ^= 1;
  writeFileSync(file, octets);
  const { store, directory } = await temporaryStore(t);
  await store.close();
  const before = readFileSync(join(directory, "pacd.db"));
  for (const to of [fresh(), directory]) {
    const { code, err } = await call("restore", file, "--to", to, "--force");
    assert.equal(code, 2);
    assert.match(err, /The backup is damaged: its checksum does not fit/);
  }
  assert.deepEqual(readFileSync(join(directory, "pacd.db")), before);
  assert.deepEqual(readdirSync(directory).sort(), ["pacd.db", "pacd.lock", "secret.key"]);
  const none = await call("verify", join(folder, "none.tar"));
  assert.deepEqual(
    [none.code, none.err],
    [2, `pacctl: ${folder}/none.tar cannot be read: there is no such file.\n`],
  );
});

test("restore refuses while a pacd has the directory", { skip: needs({ addon: true }) }, async (t) => {
  const { folder, call } = await serving(t);
  const file = join(folder, "pacd.tar");
  await call("create", file);
  const directory = temporaryDirectory(t);
  const unlock = lockStateDirectory(directory);
  const { code, err } = await call("restore", file, "--to", directory);
  unlock();
  assert.equal(code, 6);
  assert.match(err, /A pacd \(process \d+\) runs with .*: stop it first \(systemctl stop pacd\)/);
});

const asRoot = needs({ root: true });

test("restored by root, the state belongs to the owner of the directory", { skip: asRoot }, async (t) => {
  const { folder, call } = await serving(t);
  const file = join(folder, "pacd.tar");
  await call("create", file);
  const directory = temporaryDirectory(t);
  chownSync(directory, 4711, 4712);
  for (const force of [[], ["--force"]])
    assert.equal((await call("restore", file, "--to", directory, ...force)).code, 0);
  for (const name of readdirSync(directory, { recursive: true })) {
    const { uid, gid } = statSync(join(directory, String(name)));
    assert.deepEqual([uid, gid], [4711, 4712], String(name));
  }
});

test("a copy of before a migration is restored with the key that is there: the way back", async (t) => {
  const { call, folder } = await serving(t);
  const directory = stateFrom(
    t,
    join(import.meta.dirname, "../../fixtures/states/0004-records-of-dials.sql"),
  );
  await (await temporaryStore(t, { directory })).store.close();
  const copy = join(directory, "pacd.db.before-0005");
  const { code, out } = await call("restore", copy, "--to", directory, "--force");
  assert.equal(code, 0);
  assert.match(out, /A database of schema 0004-records-of-dials\.\nIt holds 3 users, 2 sessions and 2 dials/);
  const { store } = await temporaryStore(t, { directory });
  assert.equal(store.upgrade?.from, "0004-records-of-dials");
  assert.ok(await store.users.credentials("anna"));
  const elsewhere = temporaryDirectory(t);
  const keyless = await call("restore", copy, "--to", elsewhere);
  assert.equal(keyless.code, 1);
  assert.match(keyless.err, /is a database without its key, and there is no .*secret\.key/);
  writeFileSync(join(elsewhere, "secret.key"), Buffer.alloc(32, 9));
  const other = await call("restore", copy, "--to", elsewhere, "--force");
  assert.match(other.err, /The secret key does not fit the database/);
  assert.ok(existsSync(folder));
});

test("accept takes a database without its log, says what it holds, and pacd starts with it", async (t) => {
  const { directory: live, store: running, call } = await serving(t);
  const directory = temporaryDirectory(t);
  for (const name of ["pacd.db", "secret.key"]) copyFileSync(join(live, name), join(directory, name));
  chmodSync(join(directory, "pacd.db"), 0o600);
  await assert.rejects(temporaryStore(t, { directory }), { code: "state-incomplete" });
  const { code, out } = await call("accept", "--to", directory);
  assert.equal(code, 0);
  assert.match(out, /is taken as it is\.\nIt holds 0 users, .* What came later is lost\.\nStart pacd now/);
  const { store } = await temporaryStore(t, { directory });
  assert.equal(await store.users.count(), 0);
  await store.close();
  const again = await call("accept", "--to", directory);
  assert.equal(again.code, 2);
  assert.match(again.err, /Nothing is missing in/);

  // A log of another database is put aside, not away.
  copyFileSync(join(live, "pacd.db-wal"), join(directory, "pacd.db-wal"));
  const foreign = await call("accept", "--to", directory);
  assert.match(
    foreign.out,
    /The log that does not belong to it is in .*pacd\.db-wal\.aside-20260301T100000Z/,
  );
  await temporaryStore(t, { directory });
  const nothing = await call("accept", "--to", temporaryDirectory(t));
  assert.notEqual(nothing.code, 0);
  assert.equal(await running.users.count(), 2);
});

test("a restore that is cut off at any file is noticed by the next start, and mended by the next restore", async (t) => {
  const { token, folder, call } = await serving(t);
  const file = join(folder, "pacd.tar");
  await call("create", file);
  const files = ["secret.key", "admin-token", "pacd.db"];
  for (let moved = 0; moved <= files.length; moved++) {
    const whole = temporaryDirectory(t);
    await call("restore", file, "--to", whole);
    const directory = temporaryDirectory(t);
    mkdirSync(join(directory, "restore.unfinished"), { mode: 0o700 });
    for (const [index, name] of files.entries())
      copyFileSync(
        join(whole, name),
        join(directory, index < moved ? name : join("restore.unfinished", name)),
      );
    await assert.rejects(temporaryStore(t, { directory }), {
      code: "state-incomplete",
      message: /A restore into .* did not come to its end/,
    });
    const { code, err } = await call("restore", file, "--to", directory, "--force");
    assert.deepEqual([code, err], [0, ""]);
    await assertWhole(t, directory, token);
    assert.equal(existsSync(join(directory, "restore.unfinished")), false);
  }
});
