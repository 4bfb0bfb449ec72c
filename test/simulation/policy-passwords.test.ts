import assert from "node:assert/strict";
import { test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { NewUser } from "../../server/store/store-types.ts";
import { ALICE, type Changes, client, inner, lastAttempt } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

type Method = Config["security"]["authentication"][number];

const allowing =
  (...authentication: readonly Method[]) =>
  (config: Config): Config => ({ ...config, security: { ...config.security, authentication } });

async function dialled(world: World, policy: Partial<NewUser>, habits: Changes = {}) {
  await world.store.users.create({ ...ALICE, ...policy });
  const caller = client(world, habits);
  caller.dial();
  await world.settle();
  await world.clock.advance(10_000);
  return caller;
}

const CLEAR = { encryption: "optional", recoverablePassword: true } as const;

for (const [method, policy, habits] of [
  ["ms-chap-v1", {}, {}],
  ["chap-md5", CLEAR, { encryption: "protocol-reject" }],
  ["pap", CLEAR, { encryption: "protocol-reject" }],
  ["pap", { ...CLEAR, password: "pässwörd" }, { encryption: "protocol-reject", password: "pässwörd" }],
] as const satisfies readonly (readonly [Method, Partial<NewUser>, Changes])[]) {
  test(`${method} lets a client in with ${"password" in policy ? "a password beyond ASCII" : "its password"}, where it is allowed`, async (t) => {
    const world = await createWorld(t, allowing(method));
    const caller = await dialled(world, policy, habits);
    assert.ok(caller.up, caller.seen.join(", "));
    assert.deepEqual(world.errors, []);
  });

  test(`${method} refuses a wrong password (${JSON.stringify(habits)})`, async (t) => {
    const world = await createWorld(t, allowing(method));
    const caller = await dialled(world, policy, { ...habits, password: "wrong" });
    assert.ok(
      caller.seen.some((line) => line.startsWith("failure")),
      caller.seen.join(", "),
    );
    assert.equal((await lastAttempt(world)).verdict, "bad-credentials");
  });
}

test("CHAP-MD5 and a password that is kept as a hash only is no-recoverable-password", async (t) => {
  const world = await createWorld(t, allowing("chap-md5"));
  await dialled(world, { encryption: "optional" }, { encryption: "protocol-reject" });
  assert.equal((await lastAttempt(world)).verdict, "no-recoverable-password");
});

test("PAP gives no keys, so a user who must encrypt is mppe-refused", async (t) => {
  const world = await createWorld(t, allowing("pap"));
  await dialled(world, {});
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "mppe-refused");
  assert.match(attempt.evidence, /gives no keys/);
});

const EXPIRED = { passwordExpiresAt: "2029-12-31T00:00:00.000Z" };

test("an expired password that its user changes logs in with the new one, and encrypts with it", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    password: { minLength: 12, maxAgeDays: 90 },
  }));
  const newPassword = "correct Horse 1";
  const alice = await dialled(world, EXPIRED, { newPassword });
  assert.match(alice.seen.find((line) => line.startsWith("failure")) ?? "", /^failure E=648 R=1 C=/);
  assert.ok(alice.up, alice.seen.join(", "));
  alice.send(inner(alice.address, "192.0.2.80", 64));
  await world.settle();
  assert.equal(world.tun.sent.length, 1);
  const user = (await world.store.users.find("alice"))!;
  assert.equal(user.passwordExpiresAt, "2030-04-01T00:00:00.000Z");
  const again = client(world, { password: newPassword }, "198.51.100.8");
  again.dial();
  await world.settle();
  assert.ok(again.up, again.seen.join(", "));
});

test("with no age in the configuration a changed password never expires", async (t) => {
  const world = await createWorld(t);
  await dialled(world, EXPIRED, { newPassword: "correct Horse 1" });
  assert.equal((await world.store.users.find("alice"))!.passwordExpiresAt, null);
});

test("an expired password that nobody changes is password-expired", async (t) => {
  const world = await createWorld(t);
  const caller = await dialled(world, EXPIRED);
  await world.clock.advance(120_000);
  assert.ok(!caller.up);
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "password-expired");
  assert.match(attempt.evidence, /expired at 2029-12-31T00:00:00\.000Z; the client did not change it/);
});

test("an expired password with PAP is refused as password-expired", async (t) => {
  const world = await createWorld(t, allowing("pap"));
  const caller = await dialled(world, { ...CLEAR, ...EXPIRED }, { encryption: "protocol-reject" });
  assert.ok(!caller.up);
  const attempt = await lastAttempt(world);
  assert.equal(attempt.verdict, "password-expired");
  assert.match(attempt.evidence, /only MS-CHAPv2/);
});

test("a wrong password is a wrong password, expired or not", async (t) => {
  const world = await createWorld(t);
  const caller = await dialled(world, EXPIRED, { password: "wrong" });
  assert.ok(caller.seen.some((line) => line.startsWith("failure E=691 R=0")));
  assert.equal((await lastAttempt(world)).verdict, "bad-credentials");
});

for (const [newPassword, rule] of [
  ["short 1A", /is too short; it must have at least 12/],
  ["alllowercaseletters", /three of these/],
] as const) {
  test(`a new password against the rules gets E=709, and the record names the rule: ${rule.source}`, async (t) => {
    const world = await createWorld(t);
    const caller = await dialled(world, EXPIRED, { newPassword });
    assert.ok(
      caller.seen.some((line) => line.startsWith("failure E=709 R=0")),
      caller.seen.join(", "),
    );
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, "password-change-refused");
    assert.match(attempt.evidence, rule);
    assert.ok(!JSON.stringify(attempt).includes(newPassword), "the record holds the password");
    const again = client(world, { password: newPassword }, "198.51.100.8");
    again.dial();
    await world.settle();
    assert.ok(!again.up);
  });
}
