import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import SqliteDatabase from "better-sqlite3";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { POLICY_FIELDS } from "../../../server/policy/group-policy.ts";
import { UNRESTRICTED } from "../../../server/policy/user-policy.ts";
import type { NameClash } from "../../../server/store/name-clashes.ts";
import { stateFrom } from "../../support/state-from-dump.ts";
import { NOON, temporaryStore } from "../../support/temporary-store.ts";

test("a database of step 0001: users log in as before, are restricted in nothing, and keep what they had", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0001-first-tables.sql") });
  const anna = await store.users.credentials("anna");
  assert.deepEqual(anna, {
    user: {
      id: "78fc76e8-0417-4967-b2fe-830076dd8882",
      name: "Anna",
      ...UNRESTRICTED,
      staticAddress: "10.77.0.20",
      group: null,
      own: ["staticAddress"],
      fromGroup: [],
      comment: "",
      labels: {},
      lastLogInAt: "2026-01-02T12:00:00.000Z",
      lastLogInAddress: "198.51.100.7",
      lastLogInSession: "s1",
      recoverablePassword: false,
      passwordChangedAt: "2026-02-03T08:30:00.000Z",
      createdAt: NOON,
      updatedAt: "2026-02-03T08:30:00.000Z",
      revision: "1",
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
  const { id, name, role } = store.tokens.find(new Uint8Array(32).fill(7))!;
  assert.deepEqual([id, name, role], ["admin", "admin", "admin"]);
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

const CLASH = "0002-names-that-clash.sql";
const [UPPER, LOWER, DECOMPOSED] = ["\u00c4nna", "\u00e4nna", "a\u0308nna"];

test("a database of step 0002: everybody is found by every spelling of the name, and logs in with the password of before", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, CLASH) });
  assert.equal(await store.users.count(), 8);
  for (const [name, password, ...spellings] of [
    ["Ren\u00e9", "password 3", "ren\u00e9", "REN\u00c9", "Rene\u0301", "\uff32\uff45\uff4e\u00e9"],
    ["anna maria", "password 4", "Anna Maria", "anna\u3000maria", "anna  maria"],
    ["\u{1f511}", "password 5"],
    ["O\u2019Brien", "password 6", "o\u2019brien"],
    ["bo", "password 7", "BO"],
  ] as const)
    for (const spelling of [name, ...spellings]) {
      const found = await store.users.credentials(spelling);
      assert.equal(found?.user.name, name);
      assert.deepEqual(found.ntHashes, [ntPasswordHash(password)]);
    }
});

test("a database of step 0002: names that are one now are kept apart, each found by its own spelling and by no other", async (t) => {
  const told: (readonly NameClash[])[] = [];
  const nameClashes = (clashes: readonly NameClash[]) => void told.push(clashes);
  const { store } = await temporaryStore(t, { directory: stateFrom(t, CLASH), nameClashes });
  const names = (clashes: readonly NameClash[]) => clashes.map((clash) => clash.map(({ name }) => name));
  assert.deepEqual(told.map(names), [[[UPPER, LOWER, DECOMPOSED]]]);
  for (const [spelling, password] of [
    [UPPER, "password 0"],
    [LOWER, "password 1"],
    [DECOMPOSED, "password 2"],
    // Without regard to ASCII case, as before.
    ["\u00c4NNA", "password 0"],
    ["\u00e4NNA", "password 1"],
    ["A\u0308nna", "password 2"],
  ] as const)
    assert.deepEqual((await store.users.credentials(spelling))?.ntHashes, [ntPasswordHash(password)]);
  for (const spelling of ["\uff21\u0308nna", "\u00c4nn\uff41"]) {
    assert.equal(await store.users.credentials(spelling), undefined);
    assert.equal(await store.users.find(spelling), undefined);
    assert.deepEqual(store.users.sharing(spelling), [UPPER, LOWER, DECOMPOSED]);
  }
  assert.equal(store.users.sharing("bo"), undefined);
  await assert.rejects(store.users.create({ name: "\u00c4NNA", password: "p" }), { code: "user-exists" });
});

test("a database of step 0002: a clash ends with renaming and removing, and nobody new gets the name meanwhile", async (t) => {
  const told: (readonly NameClash[])[] = [];
  const nameClashes = (clashes: readonly NameClash[]) => void told.push(clashes);
  const directory = stateFrom(t, CLASH);
  const { store } = await temporaryStore(t, { directory, nameClashes });
  await assert.rejects(store.users.update("bo", { name: "\uff21\u0308nna" }), { code: "user-exists" });
  await assert.rejects(store.users.update(LOWER, { name: UPPER }), { code: "user-exists" });
  // The oldest goes: those who are left still clash, and the name is still taken.
  await store.users.remove(UPPER);
  assert.deepEqual(
    told.at(-1)?.[0]?.map(({ name }) => name),
    [LOWER, DECOMPOSED],
  );
  await assert.rejects(store.users.create({ name: UPPER, password: "p" }), { code: "user-exists" });
  const renamed = await store.users.update(DECOMPOSED, { name: "\u00c4nna Berg" });
  assert.deepEqual(told.at(-1), []);
  assert.equal(store.users.sharing(UPPER), undefined);
  // The one who is left has the name in all its spellings.
  assert.deepEqual((await store.users.credentials(UPPER))?.ntHashes, [ntPasswordHash("password 1")]);
  await assert.rejects(store.users.create({ name: UPPER, password: "p" }), { code: "user-exists" });
  await store.close();
  // And it stays so at the next start.
  const again = await temporaryStore(t, { directory, nameClashes });
  assert.deepEqual(told.at(-1), []);
  assert.equal((await again.store.users.find("\u00e4nna berg"))?.id, renamed.id);
});

test("a database of step 0002: the history is found by every spelling, and by the user's ID where a session tells it", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, CLASH) });
  const rene = await store.users.find("ren\u00e9");
  assert.ok(rene !== undefined);
  const attempts = async (filter: { user?: string; userId?: string }) =>
    (await store.attempts.list({ limit: 10, ...filter })).items.map(({ id }) => id);
  assert.deepEqual(await attempts({ user: "RENE\u0301" }), ["a2", "a1"]);
  assert.deepEqual(await attempts({ userId: rene.id }), ["a1"]);
  assert.deepEqual(await attempts({}), ["a4", "a3", "a2", "a1"]);
  const sessions = await store.sessions.list({ limit: 10, user: "rene\u0301" });
  assert.deepEqual(
    sessions.items.map(({ userId }) => userId),
    [rene.id],
  );
});

test("a database of step 0002: keys that another Unicode version made otherwise are made again at the start", async (t) => {
  const directory = stateFrom(t, CLASH);
  await (await temporaryStore(t, { directory })).store.close();
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  raw.exec("UPDATE users SET name_key = 'x' || rowid, name_rank = 3");
  raw.close();
  const { store } = await temporaryStore(t, { directory });
  assert.equal((await store.users.find("REN\u00c9"))?.name, "Ren\u00e9");
  assert.deepEqual(store.users.sharing(UPPER), [UPPER, LOWER, DECOMPOSED]);
});

test("a database of step 0002: every dial and session stays as it was, each counted once", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0002-policy-per-user.sql") });
  const { items } = await store.attempts.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ id }) => id),
    ["a8", "a7", "a6", "a5", "a4", "a3", "a2", "a1"],
  );
  assert.deepEqual(await store.attempts.find("a2"), {
    id: "a2",
    startedAt: "2026-03-01T10:01:00.000Z",
    endedAt: "2026-03-01T10:01:01.000Z",
    clientAddress: "198.51.100.7",
    user: "anna",
    userId: null,
    sessionId: null,
    verdict: "bad-credentials",
    evidence: "The password is wrong.",
    setupMs: null,
    count: 1,
    firstAt: "2026-03-01T10:01:00.000Z",
    lastTimes: ["2026-03-01T10:01:00.000Z"],
    trace: [{ at: 0, from: "client", layer: "pptp", text: "Outgoing-Call-Request" }],
  });
  assert.equal((await store.sessions.find("s1"))?.rxBytes, 1000);
  assert.equal((await store.sessions.find("s2"))?.disconnectedAt, null);
});

test("a database of step 0002: new dials come after the old ones, and fold into the newest alike", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0002-policy-per-user.sql") });
  const at = "2026-03-02T09:00:00.000Z";
  store.records.begin({ id: "b1", startedAt: at, clientAddress: "198.51.100.7" });
  store.records.update("b1", { user: "ANNA", verdict: "bad-credentials", endedAt: at });
  await store.records.settled();
  const { items } = await store.attempts.list({ limit: 10 });
  assert.deepEqual(
    items.map(({ id, count }) => `${id} ×${count}`),
    ["b1 ×2", "a8 ×1", "a7 ×1", "a6 ×1", "a5 ×1", "a3 ×1", "a2 ×1", "a1 ×1"],
  );
  assert.equal(items[0]?.firstAt, "2026-03-01T10:03:00.000Z");
});

test("a database of step 0002: what a kill left open is closed", async (t) => {
  const { store } = await temporaryStore(t, { directory: stateFrom(t, "0002-policy-per-user.sql") });
  const recovered = await store.recover("server-crashed", "2026-03-01T12:00:00.000Z");
  assert.deepEqual(recovered, { sessions: 1, attempts: 2 });
  assert.equal((await store.sessions.find("s2"))?.endReason, "server-crashed");
});

test("a database of step 0006: whatever was decided for a user is the user's own", async (t) => {
  const directory = stateFrom(
    t,
    join(import.meta.dirname, "../../fixtures/states/0006-about-the-database.sql"),
  );
  const raw = new SqliteDatabase(join(directory, "pacd.db"));
  const sets = {
    enabled: 0,
    valid_from: "2026-01-01T00:00:00.000Z",
    valid_until: "2026-02-01T00:00:00.000Z",
    allowed_hours: '["sat 10:00-14:00"]',
    allowed_sources: '["198.51.100.7"]',
    static_address: "10.77.0.21",
    pool: "guests",
    dns: "[]",
    encryption: "optional",
    session_timeout: 1,
    idle_timeout: 10,
    max_sessions: 1,
    when_exceeded: "replace",
    rate_up: 8_000,
    rate_down: 8_000,
    allowed_destinations: '["10.0.0.0/8"]',
    password_expires_at: "2026-03-01T00:00:00.000Z",
  };
  for (const [column, value] of Object.entries(sets))
    raw.prepare(`UPDATE users SET ${column} = ? WHERE name = 'bo'`).run(value);
  raw.close();
  const { store } = await temporaryStore(t, { directory });
  assert.deepEqual((await store.users.find("bo"))?.own, POLICY_FIELDS);
  assert.deepEqual((await store.users.find("René"))?.own, []);
});
