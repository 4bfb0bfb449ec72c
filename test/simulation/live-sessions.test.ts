import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../../server/platform/clock.ts";
import { millis } from "../../server/wire/units.ts";
import { WINDOWS_7 } from "../support/peers/windows.ts";
import { ALICE, client, inner, withAliceUp } from "./dials.ts";
import { chanceOf } from "./lossy-link.ts";
import { createWorld, type World } from "./world.ts";

const FROM = 0xc6336407; // 198.51.100.7

test("Windows shows the name of its computer, how it logged in and what was agreed", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create({ ...ALICE, sessionTimeout: 3600, rateDown: 1_000_000 });
  const alice = client(world, WINDOWS_7);
  alice.dial();
  await world.settle();
  await world.clock.advance(60_500);
  const [session] = world.concentrator.sessions();
  const insight = world.concentrator.insight(session!.id)!;
  assert.equal(insight.client.computerName, "WIN-7RSSC38TVCL");
  assert.equal(insight.client.kind, "windows");
  assert.equal(insight.client.vendorName, "Microsoft");
  assert.equal(insight.logInMethod, "ms-chap-v2");
  const { lcp, ccp, ipcp } = insight.agreed!;
  assert.deepEqual(
    lcp.byClient.map(({ name }) => name),
    ["mru", "magic", "pfc", "acfc"],
  );
  assert.equal(lcp.byServer.find(({ name }) => name === "auth")?.value, "ms-chap-v2");
  assert.match(ccp!.byClient[0]!.value, /^01000040/);
  assert.ok(ipcp.byClient.some(({ value }) => value === session!.assignedAddress));
  assert.deepEqual(insight.timeLeft, { session: 3540, idle: null, validity: null, hours: null });
  assert.equal(insight.history.length, 6);

  await world.concentrator.disconnect(session!.id);
  assert.equal(world.concentrator.insight(session!.id), undefined);
  const record = (await world.store.sessions.find(session!.id))!;
  assert.deepEqual([record.computerName, record.clientKind], ["WIN-7RSSC38TVCL", "windows"]);
  assert.notEqual(record.link, null);
});

test("a client that identifies itself without end pushes nothing out and writes nothing to the log", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const hostile = Array.from({ length: 20 }, (_, i) => Buffer.from(`MSRAS-0-\x1b[2J"${i}\n`, "latin1"));
  const alice = client(world, { ...WINDOWS_7, identifications: [Buffer.from("MSRAS-0-REAL"), ...hostile] });
  alice.dial();
  await world.settle();
  const [session] = world.concentrator.sessions();
  const { client: who } = world.concentrator.insight(session!.id)!;
  assert.equal(who.computerName, "REAL");
  assert.deepEqual(who.identifications, ["MSRAS-0-REAL"], "control characters are no text");
  assert.deepEqual([world.errors, world.warnings], [[], []]);
});

/** One-way, of the network below. */
const DELAY = 30;

/** GRE packets of the client with a number, as the network saw them. */
interface Seen {
  readonly lost: Set<number>;
  readonly arrived: Set<number>;
}

const numberOf = (packet: Uint8Array): number | undefined =>
  (packet[0]! & 0x10) === 0 ? undefined : Buffer.from(packet).readUInt32BE(8);

/** A network that takes DELAY, loses a share of the packets, and remembers what became of each. */
function network(seed: number, share: () => number) {
  const chance = chanceOf(seed);
  const seen: Seen = { lost: new Set(), arrived: new Set() };
  const under: { packet: Uint8Array | undefined } = { packet: undefined };
  const gre = (clock: Clock) => (deliver: () => void, from: "client" | "server") => {
    const lost = chance() < share();
    const number = from === "client" && under.packet !== undefined ? numberOf(under.packet) : undefined;
    if (number !== undefined) (lost ? seen.lost : seen.arrived).add(number);
    if (!lost) clock.after(millis(DELAY), deliver);
  };
  return { seen, under, gre };
}

/** From here on the client acknowledges each packet as it comes, with nothing else. */
function acknowledges(world: World): void {
  const receive = world.receivers.get(FROM)!;
  let callId: Uint8Array | undefined;
  world.tap = (_address, from, bytes) => {
    if (from === "client") callId = bytes.slice(6, 8);
  };
  world.receivers.set(FROM, (bytes) => {
    receive(bytes);
    if (numberOf(bytes) === undefined || callId === undefined) return;
    const ack = Buffer.from("2081880b00000000", "hex");
    ack.set(callId, 6);
    world.gre(FROM, Buffer.concat([ack, bytes.subarray(8, 12)]));
  });
}

for (const seed of [1, 2, 3, 4, 5])
  test(`over a network with loss and delay (seed ${seed}): the loss shown is the loss, the round trip the delay`, async (t) => {
    let share = 0;
    const { seen, under, gre } = network(seed, () => share);
    const world = await createWorld(t, undefined, { tcpDelay: DELAY, gre });
    const send = world.gre;
    Object.assign(world, {
      gre(from: number, bytes: Uint8Array) {
        under.packet = bytes;
        send(from, bytes);
        under.packet = undefined;
      },
    });
    await world.store.users.create(ALICE);
    const alice = client(world);
    alice.dial();
    for (let i = 0; i < 20 && !alice.up; i += 1) await world.clock.advance(200);
    acknowledges(world);

    share = 0.1;
    for (let i = 0; i < 300; i += 1) {
      alice.send(inner(alice.address, "203.0.113.5", 80));
      world.tun.deliver(inner("203.0.113.5", alice.address, 30));
      await world.clock.advance(7);
    }
    share = 0;
    alice.send(inner(alice.address, "203.0.113.5", 80));
    await world.clock.advance(1000);
    const [session] = world.concentrator.sessions();
    const { link } = world.concentrator.insight(session!.id)!;
    const last = Math.max(...seen.arrived);
    const lost = [...seen.lost].filter((number) => number < last);
    assert.ok(lost.length > 10, `${lost.length} were lost`);
    assert.equal(link.lost, lost.length);
    assert.equal(link.arrived, seen.arrived.size);
    assert.equal(link.roundTrip?.least, 2 * DELAY);
    assert.equal(link.roundTrip?.smoothed, 2 * DELAY);
    assert.deepEqual(world.errors, []);
  });

test("with loss one way alone, the packets shown as not acknowledged are those that were lost", async (t) => {
  let lost = 0;
  let losing = false;
  const chance = chanceOf(7);
  const world = await createWorld(t, undefined, (deliver, from) => {
    if (losing && from === "server" && chance() < 0.2) lost += 1;
    else deliver();
  });
  const alice = await withAliceUp(world);
  acknowledges(world);
  // What the client sends keeps pacd from asking whether it is there: each packet has its silence.
  const packet = async () => {
    alice.send(inner(alice.address, "203.0.113.5", 80));
    world.tun.deliver(inner("203.0.113.5", alice.address, 30));
    await world.clock.advance(3000);
  };
  await packet();
  losing = true;
  const before = world.concentrator.insight(world.concentrator.sessions()[0]!.id)!.link.tested;
  for (let i = 0; i < 200; i += 1) await packet();
  losing = false;
  await packet();
  const { link } = world.concentrator.insight(world.concentrator.sessions()[0]!.id)!;
  assert.ok(link.tested - before >= 200, `${link.tested - before} were tested`);
  assert.ok(lost > 20, `${lost} were lost`);
  assert.equal(link.unacknowledged, lost);
});
