import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { MAX_LOG_INS } from "../../../server/store/people/limits.ts";
import type { Store } from "../../../server/store/store-types.ts";
import { faultyStore, lock } from "../../support/faulty-store.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

const hash = (octet: number) => new Uint8Array(32).fill(octet);

const BACKUP = {
  name: "backup",
  role: "viewer",
  sources: ["192.0.2.0/24"],
  expiresAt: null,
  createdBy: "token admin",
} as const;

const anna = (store: Store) =>
  store.administrators.create({
    name: "Anna",
    password: "a hash",
    role: "operator",
    enabled: true,
    createdBy: "pacd",
  });

async function reopened(t: TestContext, store: Store, directory: string): Promise<Store> {
  await store.close();
  return (await temporaryStore(t, { directory })).store;
}

test("a token is found by its hash, with all that is known of it, also by the pacd after", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const made = await store.tokens.create({ ...BACKUP, hash: hash(2) });
  assert.deepEqual(made, {
    ...BACKUP,
    id: made.id,
    kind: "token",
    administratorId: null,
    createdAt: NOON,
    lastUsedAt: null,
    lastUsedAddress: null,
  });
  const next = await reopened(t, store, directory);
  for (const tokens of [store.tokens, next.tokens]) {
    assert.deepEqual(tokens.find(hash(2)), made);
    assert.deepEqual([tokens.get("BACKUP"), tokens.get(made.id)], [made, made]);
    assert.deepEqual(
      [tokens.find(hash(3)), tokens.has(hash(3)), tokens.get("none")],
      [undefined, false, undefined],
    );
  }
});

test("a token put under the same name replaces the one before, which ends", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const ended: string[] = [];
  store.tokens.watch((id) => ended.push(id));
  await store.tokens.put("admin", hash(1));
  await store.tokens.put("admin", hash(3));
  assert.equal(ended.length, 1);
  const next = await reopened(t, store, directory);
  for (const { tokens } of [store, next])
    assert.deepEqual([tokens.has(hash(1)), tokens.has(hash(3))], [false, true]);
});

test("names are those of people, and each is there once in whatever spelling", async (t) => {
  const { store } = await temporaryStore(t);
  await store.tokens.create({ ...BACKUP, hash: hash(1) });
  await assert.rejects(store.tokens.create({ ...BACKUP, name: "Backup", hash: hash(2) }), {
    code: "token-exists",
  });
  await assert.rejects(store.tokens.create({ ...BACKUP, name: "a/b", hash: hash(2) }), {
    code: "invalid-name",
    message: 'The name of a token must not contain "/".',
  });
  assert.ok(!store.tokens.has(hash(2)));
});

test("what has the ID of a token for a name is taken for that token, so nobody can have it", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await store.tokens.create({ ...BACKUP, hash: hash(1) });
  await assert.rejects(store.tokens.create({ ...BACKUP, name: id, hash: hash(2) }), { code: "token-exists" });
});

test("a revoked token is refused at once and by the pacd after, and whoever watches hears it once", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const { id } = await store.tokens.create({ ...BACKUP, hash: hash(1) });
  const ended: string[] = [];
  const stop = store.tokens.watch((gone) => ended.push(gone));
  const revoking = store.tokens.revoke("backup");
  assert.deepEqual([store.tokens.has(hash(1)), ended], [false, [id]]);
  await revoking;
  await assert.rejects(store.tokens.revoke("backup"), { code: "token-not-found" });
  stop();
  await store.tokens.create({ ...BACKUP, hash: hash(2) });
  await store.tokens.revoke("backup");
  assert.equal(ended.length, 1);
  assert.equal((await reopened(t, store, directory)).tokens.has(hash(1)), false);
});

test("revoked while another program holds the database: refused at once, and written when it is free", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  await store.tokens.create({ ...BACKUP, hash: hash(1) });
  const unlock = lock(t, directory);
  const revoking = assert.rejects(store.tokens.revoke("backup"), { code: "not-yet-written" });
  await clock.advance(3000);
  await revoking;
  assert.equal(store.tokens.has(hash(1)), false);
  const raw = new SqliteDatabase(`${directory}/pacd.db`, { readonly: true });
  t.after(() => raw.close());
  const count = () => raw.prepare("SELECT count(*) FROM tokens").pluck().get();
  assert.equal(count(), 1);
  unlock();
  await clock.advance(60_000);
  assert.equal(count(), 0);
});

test("when a token was used is known at once, written once a minute, and by the end", async (t) => {
  const { store, directory, clock } = await faultyStore(t);
  await store.tokens.put("admin", hash(1));
  const raw = new SqliteDatabase(`${directory}/pacd.db`, { readonly: true });
  t.after(() => raw.close());
  const written = () => raw.prepare("SELECT last_used_address FROM tokens").pluck().get();
  const { id } = store.tokens.get("admin")!;
  store.tokens.used(id, "192.0.2.1");
  store.tokens.used(id, "192.0.2.2");
  const at = clock.date().toISOString();
  assert.deepEqual(
    [store.tokens.get("admin")?.lastUsedAt, store.tokens.get("admin")?.lastUsedAddress, written()],
    [at, "192.0.2.2", null],
  );
  await clock.advance(60_000);
  assert.equal(written(), "192.0.2.2");
  store.tokens.used(id, "192.0.2.3");
  await store.close();
  assert.equal(written(), "192.0.2.3");
});

test("a log-in has the administrator's name and role, and the oldest goes where there are too many", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const { id } = await anna(store);
  const logIn = (i: number) =>
    store.tokens.logIn({ administratorId: id, hash: hash(i), expiresAt: "2026-01-03T00:00:00.000Z" });
  const first = await logIn(0);
  assert.deepEqual(
    [first.kind, first.name, first.role, first.administratorId],
    ["log-in", "Anna", "operator", id],
  );
  assert.equal(store.tokens.get("Anna"), undefined);
  for (let i = 1; i <= MAX_LOG_INS; i++) await logIn(i);
  const next = await reopened(t, store, directory);
  assert.equal(next.tokens.list({ limit: 100 }).items.length, MAX_LOG_INS);
  assert.equal(next.tokens.find(hash(MAX_LOG_INS))?.name, "Anna");
});

test("a log-in that has expired is gone at the next start, a named token stays", async (t) => {
  const { store, directory } = await temporaryStore(t);
  const { id } = await anna(store);
  await store.tokens.logIn({ administratorId: id, hash: hash(1), expiresAt: NOON });
  await store.tokens.create({ ...BACKUP, hash: hash(2), expiresAt: NOON });
  const { tokens } = await reopened(t, store, directory);
  assert.deepEqual([tokens.has(hash(1)), tokens.has(hash(2))], [false, true]);
});

test("lists come in pages, named tokens first", async (t) => {
  const { store } = await temporaryStore(t);
  const { id } = await anna(store);
  await store.tokens.logIn({ administratorId: id, hash: hash(9), expiresAt: NOON });
  for (const [i, name] of ["c", "a", "b"].entries())
    await store.tokens.create({ ...BACKUP, name, hash: hash(i) });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = store.tokens.list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== undefined);
  assert.deepEqual(names, ["a", "b", "c", "Anna"]);
});
