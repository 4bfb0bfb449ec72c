import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { VERDICTS } from "../../verdicts/register.ts";
import { greFrame, greOf } from "../support/peers/gre-bytes.ts";
import {
  CCP,
  CHAP,
  CONFIGURE_REQUEST,
  frameOf,
  IPCP,
  LCP,
  option,
  PROTOCOL_REJECT,
  TERMINATE_REQUEST,
  unframe,
} from "../support/peers/ppp-bytes.ts";
import { WINDOWS_SAYS } from "../support/peers/windows-terminations.ts";
import { ALICE, client, lastAttempt, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

// Ends that no well-meant client brings about, and a list of those that any test does.

const FROM = 0xc6336407;
const CALL_ID = 0x1111;

/** The same world, where no frame of one protocol comes from the client. */
function without(world: World, protocol: number): World {
  return {
    ...world,
    gre: (from, bytes) => {
      const frame = greOf(bytes, (bytes[6]! << 8) | bytes[7]!)?.payload;
      if (frame === undefined || unframe(frame).protocol !== protocol) world.gre(from, bytes);
    },
  };
}

/** Sends PPP frames in the place of a client, far behind whatever it has sent. */
function impostor(world: World, serverCallId: number) {
  let sequence = 1000;
  return (frame: Uint8Array) => world.gre(FROM, greFrame(serverCallId, sequence++, frame));
}

async function verdictAfter(world: World, ms: number): Promise<string> {
  await world.clock.advance(ms);
  assert.deepEqual(world.errors, []);
  return (await lastAttempt(world)).verdict;
}

for (const [protocol, verdict] of [
  [CHAP, "auth-unanswered"],
  [IPCP, "ipcp-unanswered"],
] as const) {
  test(`a client that never says a word of protocol ${protocol.toString(16)} is ${verdict}`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    client(without(world, protocol)).dial();
    assert.equal(await verdictAfter(world, 90_000), verdict);
  });
}

test("a client that rejects LCP itself, once it is open, is lcp-not-agreed", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const data = Buffer.from("c021", "hex");
  impostor(world, alice.serverCallId)(frameOf({ protocol: LCP, code: PROTOCOL_REJECT, id: 1, data }));
  assert.equal(await verdictAfter(world, 5_000), "lcp-not-agreed");
});

test("a path that sends our own packets back is a loop", async (t) => {
  const world = await createWorld(t);
  const caller = client(without(world, LCP));
  caller.dial();
  await world.settle();
  const send = impostor(world, caller.serverCallId);
  world.receivers.set(FROM, (bytes) => {
    const packet = greOf(bytes, CALL_ID);
    if (packet !== undefined) send(packet.payload);
  });
  assert.equal(await verdictAfter(world, 60_000), "loop");
});

test("a client that wants other encryption in mid-session is mppe-renegotiated", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const data = option(18, "01000020");
  impostor(world, alice.serverCallId)(frameOf({ protocol: CCP, code: CONFIGURE_REQUEST, id: 77, data }));
  assert.equal(await verdictAfter(world, 5_000), "mppe-renegotiated");
  assert.equal(world.concentrator.sessions().length, 0);
});

test("a session whose encryption is out of step for good is mppe-desynchronised", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const send = impostor(world, alice.serverCallId);
  for (let i = 0; i < 120; i++) send(Buffer.from("ff0300fd98000000000000000000", "hex"));
  assert.equal(await verdictAfter(world, 5_000), "mppe-desynchronised");
});

test("a client whose control connection turns to nonsense in mid-session is protocol-error", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  alice.tcp?.write(Buffer.alloc(64, 0xff));
  assert.equal(await verdictAfter(world, 0), "protocol-error");
});

// Windows says by a number why it leaves.
for (const [protocol, verdict, told, stage] of [
  [CCP, "server-not-proven", 778, "after the log-in was accepted"],
  [IPCP, "mppe-not-given", 742, "after encryption was agreed"],
  [IPCP, "ipcp-not-agreed", 738, "after encryption was agreed"],
  [IPCP, "client-hung-up", 0, "after encryption was agreed"],
] as const) {
  test(`a Windows client that leaves with error ${told} is ${verdict}, with the number's words`, async (t) => {
    const world = await createWorld(t);
    await world.store.users.create(ALICE);
    const data = WINDOWS_SAYS[told];
    const leaves = frameOf({ protocol: LCP, code: TERMINATE_REQUEST, id: 9, data });
    const mangle = (frame: Uint8Array) => (unframe(frame).protocol === protocol ? [leaves] : [frame]);
    client(world, { mangle }).dial();
    assert.equal(await verdictAfter(world, 5_000), verdict);
    const { evidence, trace } = await lastAttempt(world);
    assert.match(
      evidence,
      new RegExp(`an LCP Terminate-Request with Windows' error ${told} \\([a-z].*${stage}`),
    );
    const line = trace.find(({ text }) => text.startsWith("Terminate-Request"));
    assert.match(line!.text, new RegExp(`^Terminate-Request id=9 Windows error ${told}: [a-z]`));
  });
}

test("a Windows client that gets no address says so with IPCP, and other numbers with CCP and LCP", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const goodbye = (
    [
      [CCP, 732],
      [IPCP, 738],
      [LCP, 0],
    ] as const
  ).map(([protocol, number]) =>
    frameOf({ protocol, code: TERMINATE_REQUEST, id: 9, data: WINDOWS_SAYS[number] }),
  );
  const mangle = (frame: Uint8Array) => (unframe(frame).protocol === IPCP ? goodbye : [frame]);
  client(world, { mangle }).dial();
  assert.equal(await verdictAfter(world, 5_000), "ipcp-not-agreed");
  assert.match((await lastAttempt(world)).evidence, /an IPCP Terminate-Request with Windows' error 738/);
});

test("a Windows client that ends CCP, IPCP and LCP one after the other in a session has hung up", async (t) => {
  const world = await createWorld(t);
  const alice = await withAliceUp(world);
  const send = impostor(world, alice.serverCallId);
  for (const [protocol, number] of [
    [CCP, 732],
    [IPCP, 738],
    [LCP, 0],
  ] as const)
    send(frameOf({ protocol, code: TERMINATE_REQUEST, id: 9, data: WINDOWS_SAYS[number] }));
  assert.equal(await verdictAfter(world, 5_000), "client-hung-up");
});

test("every verdict is brought about by some dial in a test", () => {
  const folders = ["./", "../interop/"].map((path) => new URL(path, import.meta.url));
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.(?:test\.ts|json)$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), "utf8")),
  );
  const untested = Object.keys(VERDICTS).filter((code) => !texts.some((text) => text.includes(`"${code}"`)));
  assert.deepEqual(untested, []);
});
