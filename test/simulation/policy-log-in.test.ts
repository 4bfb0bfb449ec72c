import assert from "node:assert/strict";
import { test } from "node:test";
import { REFUSAL_AFTER } from "../../server/concentrator/log-in/limits.ts";
import type { NewUser } from "../../server/store/store-types.ts";
import { ALICE, client, lastAttempt } from "./dials.ts";
import { createWorld } from "./world.ts";

// The clock begins on Tuesday, 2030-01-01, 00:00 in UTC.
process.env["TZ"] = "UTC";

interface Rule {
  readonly who: string;
  readonly policy: Partial<NewUser>;
  readonly verdict: string;
  readonly evidence: string;
}

const REFUSED: readonly Rule[] = [
  {
    who: "a user before the first valid moment",
    policy: { validFrom: "2030-01-01T08:00:00.000Z" },
    verdict: "user-not-valid",
    evidence:
      "The password was right. The user is valid from 2030-01-01T08:00:00.000Z; it was 2030-01-01T00:00:00.000Z.",
  },
  {
    who: "a user at the end of validity",
    policy: { validUntil: "2030-01-01T00:00:00.000Z" },
    verdict: "user-not-valid",
    evidence:
      "The password was right. The user was valid until 2030-01-01T00:00:00.000Z; it was 2030-01-01T00:00:00.000Z.",
  },
  {
    who: "a user outside the allowed hours",
    policy: { allowedHours: ["mon-fri 08:00-18:00", "sat 10:00-12:00"] },
    verdict: "outside-hours",
    evidence: "The password was right. Allowed: mon-fri 08:00-18:00; sat 10:00-12:00. It was Tue 00:00.",
  },
  {
    who: "a user from a network that is not allowed",
    policy: { allowedSources: ["203.0.113.0/24"] },
    verdict: "source-not-allowed",
    evidence: "The password was right. Allowed from 203.0.113.0/24; the client dialled from 198.51.100.7.",
  },
];

for (const { who, policy, verdict, evidence } of REFUSED) {
  test(`${who} is told E=691, and the record says ${verdict}`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, ...policy });
    const caller = client(world);
    caller.dial();
    await world.settle();
    await world.clock.advance(10_000);
    const failure = caller.seen.find((line) => line.startsWith("failure"));
    assert.match(failure ?? "", /^failure E=691 R=0 C=[0-9A-F]{32} V=3/);
    const attempt = await lastAttempt(world);
    assert.equal(attempt.verdict, verdict);
    assert.equal(attempt.evidence, evidence);
    assert.deepEqual(world.errors, []);
  });

  test(`${who} with a wrong password is recorded as bad-credentials`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, ...policy });
    client(world, { password: "wrong" }).dial();
    await world.clock.advance(10_000);
    assert.equal((await lastAttempt(world)).verdict, "bad-credentials");
  });
}

test(`every refusal is answered ${REFUSAL_AFTER} ms after the log-in came, so that its time says nothing`, async (t) => {
  for (const { policy } of [{ policy: {} }, ...REFUSED, { policy: { enabled: false } }]) {
    for (const login of [{}, { password: "wrong" }, { user: "nobody" }]) {
      const world = await createWorld(t);
      await world.store.users.create({ ...ALICE, ...policy });
      const caller = client(world, login);
      caller.dial();
      await world.clock.advance(REFUSAL_AFTER - 1);
      const answered = () => caller.seen.some((line) => /^(failure|success)/.test(line));
      assert.equal(answered(), caller.up, "only who is let in has an answer");
      await world.clock.advance(1);
      assert.ok(answered());
    }
  }
});

test("a refusal by policy looks to the client like a wrong password, to the last message", async (t) => {
  const seen = [];
  for (const { policy } of [{ policy: {} }, ...REFUSED, { policy: { enabled: false } }]) {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, ...policy });
    const caller = client(world, seen.length === 0 ? { password: "wrong" } : {});
    caller.dial();
    await world.settle();
    await world.clock.advance(10_000);
    seen.push([...caller.seen, caller.statistics]);
  }
  for (const other of seen) assert.deepEqual(other, seen[0]);
  assert.equal(seen[0]!.at(-2), "cdn 1");
});

test("a user in time, in hours and from an allowed network comes up without a timer", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({
    ...ALICE,
    validFrom: "2030-01-01T00:00:00.000Z",
    validUntil: "2030-01-02T00:00:00.000Z",
    allowedHours: ["tue 00:00-01:00"],
    allowedSources: ["203.0.113.0/24", "198.51.100.7"],
  });
  const caller = client(world);
  caller.dial();
  await world.settle();
  assert.ok(caller.up, caller.seen.join(", "));
  assert.equal(world.clock.now(), 0);
});

test("a device without MPPE comes up in clear where its user may, and the session says so", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, encryption: "optional" });
  const caller = client(world, { encryption: "protocol-reject" });
  caller.dial();
  await world.settle();
  assert.ok(caller.up, caller.seen.join(", "));
  assert.equal(world.concentrator.sessions()[0]!.encryption, "none");
  const attempt = await lastAttempt(world);
  assert.equal((await world.store.sessions.find(attempt.sessionId!))!.encryption, "none");
});

test("weak settings are told one sentence each, and the users without encryption by name", async (t) => {
  const world = await createWorld(t, (config) => ({
    ...config,
    security: {
      authentication: ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"],
      mppeStrengths: [128, 56, 40],
      mppeStateful: true,
    },
  }));
  for (let i = 1; i <= 6; i++) {
    await world.store.users.create({ ...ALICE, name: `router-${i}`, encryption: "optional" });
  }
  const sentences = await world.concentrator.weakOptions();
  const subjects = [
    "MS-CHAPv1",
    "CHAP-MD5",
    "PAP",
    "MPPE with 56",
    "MPPE with 40",
    "Stateful MPPE",
    "6 users",
  ];
  assert.deepEqual(
    sentences.map((sentence) => subjects.find((subject) => sentence.startsWith(subject))),
    subjects,
  );
  assert.match(sentences.at(-1)!, /: router-1, router-2, router-3, router-4, router-5 and 1 more\.$/);
});

test("with the settings as they are by default nothing is weak", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  assert.deepEqual(await world.concentrator.weakOptions(), []);
});
