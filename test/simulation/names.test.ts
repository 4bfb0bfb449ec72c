import assert from "node:assert/strict";
import { test } from "node:test";
import { stateFrom } from "../support/state-from-dump.ts";
import { ALICE, client, lastAttempt } from "./dials.ts";
import { perfect } from "./lossy-link.ts";
import { createWorld, type World } from "./world.ts";

const same = (config: World["config"]) => config;
const RENE = { ...ALICE, name: "Ren\u00e9" };

// The clients hash the octets that they send (RFC 2759 §8.2); so must the server, or nobody but the first
// gets in.
for (const user of ["Ren\u00e9", "ren\u00e9", "Rene\u0301", "RENE\u0301", "\uff32\uff45\uff4e\u00e9"])
  test(`the user "Ren\u00e9" logs in as ${JSON.stringify(user)}, and is shown as the administrator wrote it`, async (t) => {
    const world = await createWorld(t);
    const { id } = await world.store.users.create(RENE);
    const caller = client(world, { user });
    caller.dial();
    await world.settle();
    assert.ok(caller.up, caller.seen.join(", "));
    const [session] = world.concentrator.sessions({ user: "RENE\u0301" });
    assert.equal(session?.user, "Ren\u00e9");
    assert.equal(session?.userId, id);
    const attempt = await lastAttempt(world);
    assert.equal(attempt.user, user);
    assert.equal(attempt.userId, id);
    assert.deepEqual(world.errors, []);
  });

for (const authentication of ["ms-chap-v1", "chap-md5", "pap"] as const)
  test(`every method finds a user by another spelling of the name: ${authentication}`, async (t) => {
    const weak = (config: World["config"]) => ({
      ...config,
      security: { ...config.security, authentication: [authentication] },
    });
    const world = await createWorld(t, weak);
    await world.store.users.create({ ...RENE, recoverablePassword: true, encryption: "optional" });
    client(world, {
      user: "rene\u0301",
      ...(authentication === "ms-chap-v1" ? {} : { encryption: "protocol-reject" }),
    }).dial();
    await world.settle();
    assert.equal((await lastAttempt(world)).verdict, "connected");
  });

for (const [user, evidence] of [
  ["alice ", 'There is no user of that name. The name that the client sent, "alice ", ends with a space.'],
  [" alice", 'There is no user of that name. The name that the client sent, " alice", begins with a space.'],
  [
    "alice\u00a0",
    'There is no user of that name. The name that the client sent, "alice\u00a0", ends with a no-break space (U+00A0).',
  ],
  [
    "alice\r",
    'There is no user of that name. The name that the client sent, "alice\\u{d}", ends with a carriage return (U+000D), as files from Windows have at the end of each line.',
  ],
  [
    "alice\u200b",
    'There is no user of that name. The name that the client sent, "alice\\u{200b}", ends with an invisible character (U+200B).',
  ],
  ["al ice", "There is no user of that name."],
  ["\u265aalice", "There is no user of that name."],
  ["al\u202eice\u0007", "There is no user of that name."],
  ["", "There is no user of that name."],
] as const)
  test(`a dial as ${JSON.stringify(user)} is nobody's, and the evidence says what cannot be seen`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    client(world, { user }).dial();
    await world.clock.advance(10_000);
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, "bad-credentials");
    assert.equal(attempt.evidence, evidence);
    assert.equal(attempt.userId, null);
    assert.deepEqual(world.errors, []);
  });

test("the dials of a user are found with those for which a space too many was typed, and wrong ones carry the user's ID", async (t) => {
  const world = await createWorld(t);
  const { id } = await world.store.users.create(ALICE);
  for (const habits of [{ user: "ALICE", password: "wrong" }, { user: "alice " }, { user: "mallory" }]) {
    client(world, habits).dial();
    await world.clock.advance(20_000);
  }
  await world.settle();
  const users = async (filter: object) =>
    (await world.store.attempts.list({ limit: 10, ...filter })).items.map(({ user }) => user);
  assert.deepEqual(await users({ user: "alice" }), ["alice ", "ALICE"]);
  assert.deepEqual(await users({ userId: id }), ["ALICE"]);
});

test("users whose names have become one each get in by their own spelling; any other one is name-clash, and names them", async (t) => {
  const world = await createWorld(t, same, perfect, { directory: stateFrom(t, "0002-names-that-clash.sql") });
  const before = [
    ["\u00c4nna", "password 0"],
    ["\u00e4nna", "password 1"],
    ["a\u0308nna", "password 2"],
  ] as const;
  for (const [n, [user, password]] of before.entries()) {
    const caller = client(world, { user, password }, `198.51.100.${n + 1}`);
    caller.dial();
    await world.settle();
    assert.ok(caller.up, caller.seen.join(", "));
    assert.equal((await lastAttempt(world)).userId, (await world.store.users.find(user))?.id);
  }
  assert.deepEqual(
    world.concentrator.sessions().map(({ user }) => user),
    before.map(([user]) => user),
  );
  for (const [, password] of before) {
    const caller = client(world, { user: "\u00c4nn\uff41", password }, "198.51.100.9");
    caller.dial();
    await world.clock.advance(10_000);
    const failure = caller.seen.find((line) => line.startsWith("failure"));
    assert.match(failure ?? "", /^failure E=691 R=0 C=[0-9A-F]{32} V=3/);
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, "name-clash");
    assert.match(
      attempt.evidence,
      /^The client sent "\u00c4nn\uff41"\. The users "\u00c4nna" and "\u00e4nna" and "a\\u\{308\}nna" have/,
    );
  }
});

test("a user who is renamed stays connected, is shown by the new name, and logs in with it alone", async (t) => {
  const world = await createWorld(t);
  const { id } = await world.store.users.create(ALICE);
  const caller = client(world);
  caller.dial();
  await world.settle();
  assert.ok(caller.up);
  const renamed = await world.store.users.update("alice", { name: "Alice Berg" });
  assert.equal(await world.concentrator.userChanged(renamed), 0);
  await world.clock.advance(60_000);
  assert.ok(caller.up);
  const [session] = world.concentrator.sessions({ userId: id });
  assert.equal(session?.user, "Alice Berg");
  assert.deepEqual(world.concentrator.sessions({ user: "alice" }), []);
  assert.equal(world.concentrator.sessions({ user: "alice  BERG" }).length, 1);
  const again = client(world, { user: "alice berg" }, "198.51.100.8");
  again.dial();
  await world.settle();
  assert.ok(again.up);
  client(world, {}, "198.51.100.9").dial();
  await world.clock.advance(10_000);
  assert.equal((await lastAttempt(world)).verdict, "bad-credentials");
  // The history of one user under two names.
  const { items } = await world.store.attempts.list({ limit: 10, userId: id });
  assert.deepEqual(
    items.map(({ user }) => user),
    ["alice berg", "alice"],
  );
});

test("a user renamed while the log-in is judged is refused under the old name, as in any dial after that", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const { users } = world.store;
  const credentials = users.credentials.bind(users);
  users.credentials = async (name) => {
    const found = await credentials(name);
    users.credentials = credentials;
    await world.concentrator.userChanged(await users.update("alice", { name: "carol" }));
    return found;
  };
  const caller = client(world);
  caller.dial();
  await world.clock.advance(10_000);
  // What holds when the log-in is decided is what the administrator said: alice is nobody any more.
  assert.equal(caller.up, false);
  assert.equal((await lastAttempt(world)).verdict, "bad-credentials");
});
