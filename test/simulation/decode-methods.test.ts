import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Config } from "../../server/config/config-types.ts";
import type { MppeStrength } from "../../server/crypto/mppe-keys.ts";
import type { AuthMethod } from "../../server/ppp/auth/credentials.ts";
import { decodedFile, lines, password } from "../support/decode/decoded.ts";
import { Recorder } from "../support/decode/recorder.ts";
import { pacctl } from "../support/pacctl.ts";
import { ALICE, client, inner } from "./dials.ts";
import { SimulatedHost } from "./simulated-host.ts";
import { createWorld } from "./world.ts";

interface Wanted {
  readonly method: AuthMethod;
  readonly mppe: MppeStrength | "none";
  /** What alice types; the right one where not given. */
  readonly typed?: string;
}

/** A dial of the product's own client with a packet each way, recorded. */
async function recorded(
  t: TestContext,
  { method, mppe, typed = ALICE.password }: Wanted,
): Promise<Uint8Array> {
  const change = (config: Config): Config => ({
    ...config,
    security: {
      ...config.security,
      authentication: [method],
      ...(mppe === "none" ? {} : { mppeStrengths: [mppe] }),
    },
  });
  const world = await createWorld(t, change);
  await world.store.users.create({
    ...ALICE,
    recoverablePassword: true,
    encryption: mppe === "none" ? "optional" : "required",
  });
  const recorder = new Recorder(world);
  const host = new SimulatedHost(world);
  let interrupt = () => {};
  const words = ["dial", "x", "--user", "alice", "--password-stdin", "--tun", "vpn0", "--auth", method];
  const run = pacctl([...words, "--mppe", String(mppe)], {
    fetch: () => Promise.reject(new Error("a dial needs no API")),
    env: {},
    host,
    stdin: async () => `${typed}\n`,
    onInterrupt: (task) => {
      interrupt = task;
    },
  });
  for (let turn = 0; turn < 20; turn += 1) await world.settle();
  host.tun.deliver(inner("10.77.0.10", "10.77.0.1", 80));
  world.tun.deliver(inner("10.77.0.1", "10.77.0.10", 30));
  await world.clock.advance(1000);
  interrupt();
  for (let second = 0; second < 20; second += 1) await world.clock.advance(1000);
  await run;
  return recorder.file();
}

const FOUND = [inner("10.77.0.10", "10.77.0.1", 80), inner("10.77.0.1", "10.77.0.10", 30)].map((octets) =>
  Buffer.from(octets).toString("hex"),
);

for (const [method, mppe] of [
  ["ms-chap-v2", 128],
  ["ms-chap-v2", 56],
  ["ms-chap-v2", 40],
  ["ms-chap-v1", 128],
  ["ms-chap-v1", 56],
  ["ms-chap-v1", 40],
] as const)
  test(`${method}, MPPE ${mppe}: checked, both directions decrypted, the goodbye told`, async (t) => {
    const file = await recorded(t, { method, mppe });
    const { calls, inner: packets } = decodedFile(file, { credentials: password("Alice", ALICE.password) });
    const [call] = calls;
    assert.equal(call!.encryption, `MPPE ${mppe} bits stateless`);
    assert.deepEqual([call!.data.encrypted, call!.data.decrypted, call!.data.undecrypted], [2, 2, {}]);
    assert.deepEqual(
      packets.map(({ octets }) => Buffer.from(octets).toString("hex")),
      FOUND,
    );
    assert.deepEqual(call!.findings, []);
    assert.equal(call!.verdict.code, "client-hung-up");
  });

for (const method of ["chap-md5", "pap"] as const)
  test(`${method} without encryption: the password checked, inner packets found in clear`, async (t) => {
    const file = await recorded(t, { method, mppe: "none" });
    const decoded = decodedFile(file, { credentials: password("alice", ALICE.password) });
    assert.equal(decoded.calls[0]!.encryption, "none");
    assert.equal(decoded.calls[0]!.data.clear, 2);
    assert.deepEqual(
      decoded.inner.map(({ octets }) => Buffer.from(octets).toString("hex")),
      FOUND,
    );
    assert.ok(
      lines(decoded).includes('note auth The password given for "alice" is the one that the client used'),
    );
  });

test("a password that is wrong here: said, and nothing is decrypted", async (t) => {
  const file = await recorded(t, { method: "ms-chap-v2", mppe: 128 });
  const decoded = decodedFile(file, { credentials: password("alice", "another") });
  const [call] = decoded.calls;
  assert.deepEqual(call!.data.undecrypted, { "wrong-password": 2 });
  assert.equal(decoded.inner.length, 0);
  assert.match(call!.findings.join("\n"), /^The password given for "alice" is wrong/);
});

test("a client that types a wrong one, with and without the right one at hand", async (t) => {
  const file = await recorded(t, { method: "ms-chap-v2", mppe: 128, typed: "mistyped" });
  const [unknown] = decodedFile(file).calls;
  assert.equal(unknown!.verdict.code, "bad-credentials");
  assert.doesNotMatch(unknown!.verdict.evidence, /did not use/);
  const [known] = decodedFile(file, { credentials: password("alice", ALICE.password) }).calls;
  assert.equal(known!.verdict.code, "bad-credentials");
  assert.match(known!.verdict.evidence, /The client did not use the password that was given here\.$/);
  const [typed] = decodedFile(file, { credentials: password("alice", "mistyped") }).calls;
  assert.deepEqual([typed!.verdict.source, typed!.verdict.code], ["capture", "right-password-refused"]);
});

test("no password for this user, or none at all", async (t) => {
  const file = await recorded(t, { method: "ms-chap-v2", mppe: 128 });
  const [other] = decodedFile(file, { credentials: password("bob", "x") }).calls;
  assert.deepEqual(other!.data.undecrypted, { "no-password": 2 });
  assert.match(other!.findings[0]!, /logged in as "alice", for whom no password was given/);
  const [none] = decodedFile(file).calls;
  assert.deepEqual([none!.data.encrypted, none!.data.undecrypted, none!.findings], [2, {}, []]);
});

for (const [given, whose] of [
  [ALICE.password, "old"],
  ["correct Horse 1", "new"],
] as const)
  test(`a password that is changed in the log-in: with the ${whose} one all is decrypted`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create({ ...ALICE, passwordExpiresAt: "2020-01-01T00:00:00.000Z" });
    const recorder = new Recorder(world);
    const alice = client(world, { newPassword: "correct Horse 1" });
    alice.dial();
    await world.settle();
    assert.ok(alice.up, alice.seen.join());
    alice.send(inner("10.77.0.10", "10.77.0.1", 80));
    await world.clock.advance(1000);
    const decoded = decodedFile(recorder.file(), { credentials: password("alice", given) });
    assert.deepEqual([decoded.calls[0]!.data.encrypted, decoded.calls[0]!.data.decrypted], [1, 1]);
    assert.ok(lines(decoded).some((line) => /changed the password, which can be followed/.test(line)));
    assert.ok(lines(decoded).includes("note auth The Success proves that the server knows the password"));
    const [other] = decodedFile(recorder.file(), { credentials: password("alice", "neither") }).calls;
    assert.deepEqual(other!.data.undecrypted, { "wrong-password": 1 });
  });
