import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { GroupChange, NewGroup, NewUser } from "../../server/store/store-types.ts";
import { ipv4 } from "../../server/wire/ipv4.ts";
import type { PptpClient } from "../support/peers/pptp-client.ts";
import { client, inner, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

// The clock begins on Tuesday, 2030-01-01, 00:00 in UTC.
process.env["TZ"] = "UTC";

const STAFF = { name: "staff" };
type Group = Omit<NewGroup, "name">;

/** A world with the group "staff", and a user of it who dials. */
async function memberDials(world: World, group: Group, own: Partial<NewUser> = {}): Promise<PptpClient> {
  await world.store.groups.create({ ...STAFF, ...group });
  await world.store.users.create({ name: "alice", password: "s3cret", group: "staff", ...own });
  const alice = client(world);
  alice.dial();
  await world.settle();
  return alice;
}

/** What the API does. */
async function change(world: World, decided: GroupChange): Promise<number> {
  const { id } = await world.store.groups.update("staff", decided);
  const ended = world.concentrator.groupChanged(id);
  await world.settle();
  return ended;
}

/** Sends 100 packets of a thousand octets at once; returns how many came through. */
async function through(world: World, alice: PptpClient): Promise<number> {
  const before = world.tun.sent.length;
  for (let i = 0; i < 100; i++) alice.send(inner(alice.address, "192.0.2.80", 1000));
  await world.settle();
  return world.tun.sent.length - before;
}

test("a member has the group's rate, and a member with an own one has that", async (t) => {
  const limited = await createWorld(t);
  assert.ok((await through(limited, await memberDials(limited, { rateUp: 8_000 }))) < 50);
  const free = await createWorld(t);
  assert.equal(await through(free, await memberDials(free, { rateUp: 8_000 }, { rateUp: null })), 100);
});

test("a member is let in at the group's hours only, unless the own ones are others", async (t) => {
  const world = await createWorld(t);
  const alice = await memberDials(world, { allowedHours: ["mon"] });
  await world.clock.advance(10_000);
  assert.ok(!alice.up);
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "outside-hours");
  assert.match(attempt.evidence, /Allowed: mon\. It was Tue 00:00\.$/);
  const other = await createWorld(t);
  assert.ok((await memberDials(other, { allowedHours: ["mon"] }, { allowedHours: [] })).up);
});

test("a member gets an address of the group's pool, or of the own one", async (t) => {
  const range = (address: number) => ({ first: ipv4(address), last: ipv4(address) });
  const pools = (config: Config): Config => ({
    ...config,
    pools: new Map([
      ["lab", [range(0x0a4e0001)]],
      ["den", [range(0x0a4f0001)]],
    ]),
  });
  const world = await createWorld(t, pools);
  assert.equal((await memberDials(world, { pool: "lab" })).address, "10.78.0.1");
  const other = await createWorld(t, pools);
  assert.equal((await memberDials(other, { pool: "lab" }, { pool: "den" })).address, "10.79.0.1");
});

test("a group's number of sessions counts, and the refusal says whose it is", async (t) => {
  const world = await createWorld(t);
  await memberDials(world, { maxSessions: 1 });
  const second = client(world, {}, "198.51.100.8");
  second.dial();
  await world.settle();
  await world.clock.advance(20_000);
  assert.ok(!second.up);
  const { verdict, evidence } = await lastAttempt(world);
  assert.equal(verdict, "too-many-sessions");
  assert.match(evidence, /one session at once, as the group says, and is connected from 198\.51\.100\.7/);
});

test("a changed rate of a group counts at once for who inherits it, and ends nobody", async (t) => {
  const world = await createWorld(t);
  const alice = await memberDials(world, {});
  assert.equal(await through(world, alice), 100);
  assert.equal(await change(world, { rateUp: 8_000 }), 0);
  assert.ok((await through(world, alice)) < 50);
  assert.equal(await change(world, { rateUp: null }), 0);
  assert.equal(await through(world, alice), 100);
});

for (const [decided, verdict] of [
  [{ enabled: false }, "user-disabled"],
  [{ validUntil: "2029-12-31T00:00:00.000Z" }, "user-not-valid"],
  [{ allowedHours: ["mon"] }, "outside-hours"],
  [{ allowedSources: ["203.0.113.0/24"] }, "source-not-allowed"],
] as const)
  test(`a group's ${JSON.stringify(decided)} ends the sessions of its members, but of nobody else`, async (t) => {
    const world = await createWorld(t);
    const alice = await memberDials(world, {});
    const [field] = Object.keys(decided) as [keyof typeof decided];
    const own = { enabled: true, validUntil: null, allowedHours: [], allowedSources: [] }[field];
    for (const [name, more, from] of [
      ["bob", {}, "198.51.100.8"],
      ["carl", { group: "staff", [field]: own }, "198.51.100.9"],
    ] as const) {
      await world.store.users.create({ name, password: "hunter2", ...more });
      client(world, { user: name, password: "hunter2" }, from).dial();
    }
    await world.settle();
    assert.equal(world.concentrator.sessions().length, 3);
    assert.equal(await change(world, decided), 1);
    assert.deepEqual(alice.seen.slice(-3), ["terminate-request", "call-disconnect-notify", "cdn 3"]);
    const left = world.concentrator.sessions().map((session) => session.user);
    assert.deepEqual(left.sort(), ["bob", "carl"]);
    const { items } = await world.store.attempts.list({ limit: 9, user: "alice" });
    assert.equal(items[0]!.verdict, verdict);
  });

test("a user who is moved to a group has its policy in mid-session, and whom that does not allow is ended", async (t) => {
  const world = await createWorld(t);
  const alice = await memberDials(world, {});
  await world.store.groups.create({ name: "slow", rateUp: 8_000 });
  await world.store.groups.create({ name: "mondays", allowedHours: ["mon"] });
  const move = async (group: string | null) => {
    const ended = world.concentrator.userChanged(await world.store.users.update("alice", { group }));
    await world.settle();
    return ended;
  };
  assert.equal(await move("slow"), 0);
  assert.ok((await through(world, alice)) < 50);
  // The group of before means nothing for the session any more.
  assert.equal(await change(world, { enabled: false }), 0);
  assert.equal(await move(null), 0);
  assert.equal(await through(world, alice), 100);
  assert.equal(await move("mondays"), 1);
  assert.deepEqual(world.concentrator.sessions(), []);
});

test("a group that is removed decides nothing for the sessions of those who were in it", async (t) => {
  const world = await createWorld(t);
  const alice = await memberDials(world, { rateUp: 8_000 });
  assert.ok((await through(world, alice)) < 50);
  const { id } = await world.store.groups.remove("staff", { release: true });
  assert.equal(await world.concentrator.groupChanged(id), 0);
  assert.equal(await through(world, alice), 100);
});

test("a group that is changed while the password is looked up counts for that dial", async (t) => {
  const world = await createWorld(t);
  await world.store.groups.create(STAFF);
  await world.store.users.create({ name: "alice", password: "s3cret", group: "staff" });
  const { users } = world.store;
  const credentials = users.credentials.bind(users);
  users.credentials = async (name) => {
    const found = await credentials(name);
    users.credentials = credentials;
    const { id } = await world.store.groups.update("staff", { enabled: false });
    await world.concentrator.groupChanged(id);
    return found;
  };
  const alice = client(world);
  alice.dial();
  await world.settle();
  await world.clock.advance(10_000);
  assert.ok(!alice.up);
  assert.equal((await lastAttempt(world)).verdict, "user-disabled");
});

test("members are looked at ten at a time, in turns of their own, and a change by hand in between stands", async (t) => {
  const world = await createWorld(t);
  await world.store.groups.create(STAFF);
  for (let i = 0; i < 25; i++) {
    await world.store.users.create({ name: `m${i}`, password: "hunter2", group: "staff" });
    client(world, { user: `m${i}`, password: "hunter2" }, `198.51.100.${i + 1}`).dial();
  }
  await world.settle();
  assert.equal(world.concentrator.sessions().length, 25);
  const { users } = world.store;
  const some = users.some.bind(users);
  const asked: number[] = [];
  users.some = async (ids) => {
    const found = await some(ids);
    asked.push(ids.length);
    // The read of before must not undo this.
    if (asked.length === 1)
      await world.concentrator.userChanged(await users.update(found[0]!.name, { rateUp: 8_000 }));
    return found;
  };
  assert.equal(await change(world, { sessionTimeout: 3_600 }), 0);
  assert.deepEqual(asked, [10, 10, 10, 5]);
  await world.clock.advance(3_601_000);
  assert.equal(world.concentrator.sessions().length, 0);
  assert.equal((await lastAttempt(world)).verdict, "session-timeout");
});
