import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FRUITLESS_BURST,
  MESSAGE_BURST,
  MESSAGES_PER_SECOND,
} from "../../server/concentrator/connections/limits.ts";
import { REFUSAL_AFTER } from "../../server/concentrator/log-in/limits.ts";
import { encodeMessage } from "../../server/pptp/messages/codec.ts";
import { concat } from "../../server/wire/bytes.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { controlFixture } from "../support/pptp/control-fixtures.ts";
import { ALICE, client, withAliceUp } from "./dials.ts";
import { createWorld, type World } from "./world.ts";

const START = controlFixture("start-control-connection-request").bytes;
const ECHO = controlFixture("echo-request").bytes;
const REQUEST = controlFixture("outgoing-call-request");
const CLEAR = encodeMessage({
  type: "call-clear-request",
  callId: REQUEST.message.type === "outgoing-call-request" ? REQUEST.message.callId : toPeerCallId(0),
});
const FLOODER = "203.0.113.9";

const times = (count: number, octets: Uint8Array) => concat(...Array.from({ length: count }, () => octets));

for (const message of [
  "start-control-connection-request",
  "echo-request",
  "set-link-info",
  "outgoing-call-request",
] as const) {
  test(`a flood of ${message} ends its connection and no other`, async (t) => {
    const world = await createWorld(t);
    const alice = await withAliceUp(world);
    const tcp = world.connect(FLOODER);
    tcp.write(concat(START, times(10_000, controlFixture(message).bytes)));
    await world.settle();
    assert.ok(tcp.closed);
    assert.equal(world.concentrator.status().controlFaults["control-flood"], 1);
    assert.ok(tcp.take().length <= MESSAGE_BURST * 160, "it was answered long after it should have ended");
    assert.equal(world.concentrator.status().controlConnections, 1);
    assert.ok(alice.up && !alice.tcp?.closed);
    assert.deepEqual(world.errors, []);
  });
}

test("messages at the rate allowed go on for ever", async (t) => {
  const world = await createWorld(t);
  const tcp = world.connect(FLOODER);
  tcp.write(concat(START, times(MESSAGE_BURST - 1, ECHO)));
  for (let second = 0; second < 120; second++) {
    await world.clock.advance(1_000);
    tcp.write(times(MESSAGES_PER_SECOND, ECHO));
  }
  assert.ok(!tcp.closed);
});

/** Dials and hangs up, on connection after connection, until the server wants no more of it. */
async function dialInALoop(world: World, connections: number): Promise<void> {
  for (let i = 0; i < connections; i++) {
    const tcp = world.connect(FLOODER);
    tcp.write(concat(START, times(60, concat(REQUEST.bytes, CLEAR))));
    await world.clock.advance(0);
    await world.clock.advance(0);
    tcp.close();
  }
  // The record of so many dials takes the database a while.
  for (let turn = 0; turn < 100; turn++) await world.settle();
}

test("dials without end from one address fill neither the record nor the server; it may dial again later", async (t) => {
  const world = await createWorld(t);
  await dialInALoop(world, 100);
  const { dials, controlFaults } = world.concentrator.status();
  assert.ok(dials.started <= FRUITLESS_BURST + 64, `${dials.started} dials were let in`);
  assert.ok(controlFaults["too-many-connections"]! > 0);
  await world.store.users.create(ALICE);
  const elsewhere = client(world);
  elsewhere.dial();
  await world.settle();
  assert.ok(elsewhere.up, `another address has to pay for it: ${elsewhere.seen.join(", ")}`);
  await world.clock.advance(5_000);
  const again = client(world, {}, FLOODER);
  again.dial();
  await world.settle();
  assert.ok(again.up, "it is shut out for good");
  assert.deepEqual(world.errors, []);
});

test("dials that come up cost an address nothing", async (t) => {
  const world = await createWorld(t);
  await world.store.users.create(ALICE);
  const SPARE = 5;
  for (let i = 0; i < FRUITLESS_BURST - SPARE; i++) world.connect(FLOODER).close();
  for (let dial = 0; dial < 4 * SPARE; dial++) {
    const alice = client(world, {}, FLOODER);
    alice.dial();
    await world.settle();
    assert.ok(alice.up, `dial ${dial}: ${alice.seen.join(", ")}`);
    alice.tcp?.close();
    await world.settle();
  }
});

test("dials that fail cost an address what it has", async (t) => {
  const world = await createWorld(t);
  for (let i = 0; i < FRUITLESS_BURST - 2; i++) world.connect(FLOODER).close();
  const alice = client(world, {}, FLOODER); // whom nobody knows
  alice.dial();
  await world.clock.advance(REFUSAL_AFTER);
  assert.equal(world.concentrator.status().dials.failed, 1);
  alice.tcp?.close();
  await world.settle();
  const again = client(world, {}, FLOODER);
  again.dial();
  await world.settle();
  assert.ok(again.tcp?.closed);
  assert.equal(world.concentrator.status().dials.failed, 1);
});
