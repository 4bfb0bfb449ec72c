import assert from "node:assert/strict";
import { test } from "node:test";
import { Framer } from "../../server/pptp/framer.ts";
import { encodeMessage } from "../../server/pptp/messages/codec.ts";
import type { ControlMessage } from "../../server/pptp/messages/message.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { controlFixture } from "../support/pptp/control-fixtures.ts";
import { createWorld, type World } from "./world.ts";

const START = controlFixture("start-control-connection-request").message;
const callRequest = (callId: number): ControlMessage => ({
  ...(controlFixture("outgoing-call-request").message as Extract<
    ControlMessage,
    { type: "outgoing-call-request" }
  >),
  callId: toPeerCallId(callId),
});

/** A control connection by hand. */
function speak(world: World) {
  const tcp = world.connect("198.51.100.7");
  const framer = new Framer();
  const say = (...messages: ControlMessage[]) => tcp.write(Buffer.concat(messages.map(encodeMessage)));
  const heard = async () => {
    await world.settle();
    return framer.push(tcp.take()).map((result) => {
      assert.ok(result.ok);
      return result.value;
    });
  };
  return { tcp, say, heard };
}

test("two calls on one control connection get an ID each, and clearing one leaves the other", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START);
  await client.heard();
  client.say(callRequest(7), callRequest(8));
  const replies = await client.heard();
  assert.deepEqual(
    replies.map((m) => m.type === "outgoing-call-reply" && [m.peerCallId, m.result]),
    [
      [7, 1],
      [8, 1],
    ],
  );
  const ids = replies.map((m) => (m.type === "outgoing-call-reply" ? m.callId : 0));
  assert.notEqual(ids[0], ids[1]);
  client.say({ type: "call-clear-request", callId: toPeerCallId(7) });
  const [notify, ...more] = await client.heard();
  assert.ok(notify?.type === "call-disconnect-notify" && notify.callId === ids[0] && notify.result === 4);
  assert.notEqual(notify.callStatistics, "");
  assert.deepEqual(more, []);
  assert.ok(!client.tcp.closed);
  await world.clock.advance(11_000);
  const [blocked] = await client.heard();
  assert.ok(
    blocked?.type === "call-disconnect-notify" && blocked.callId === ids[1],
    "the other one lived on",
  );
});

test("a Start-Request with the call request in the same segment is answered twice, without more octets", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START, callRequest(7));
  assert.deepEqual(
    (await client.heard()).map((message) => message.type),
    ["start-control-connection-reply", "outgoing-call-reply"],
  );
});

test("two control connections from one address live side by side", async (t) => {
  const world = await createWorld(t);
  const [one, other] = [speak(world), speak(world)];
  for (const client of [one, other]) client.say(START, callRequest(0));
  for (const client of [one, other]) assert.equal((await client.heard()).length, 2);
  one.tcp.close();
  await world.settle();
  assert.ok(!other.tcp.closed);
  assert.equal(world.concentrator.status().controlConnections, 1);
});

test("an Echo-Request is answered at once, also while a call is placed", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START, callRequest(7), { type: "echo-request", identifier: 99 });
  const echo = (await client.heard()).find((message) => message.type === "echo-reply");
  assert.equal(echo?.identifier, 99);
});

for (const version of [0x0101, 0x0200, 0x0001])
  test(`protocol version 0x${version.toString(16)} is refused with ours, and TCP closes`, async (t) => {
    const world = await createWorld(t);
    const client = speak(world);
    client.say({ ...START, version } as ControlMessage);
    const [reply, ...more] = await client.heard();
    assert.ok(reply?.type === "start-control-connection-reply");
    assert.deepEqual([reply.version, reply.result, reply.error], [0x0100, 5, 0]);
    assert.deepEqual(more, []);
    assert.ok(client.tcp.closed);
    assert.equal(world.concentrator.status().controlFaults["bad-version"], 1);
  });

test("an incoming call of the client is declined at once, and it may dial all the same", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START, controlFixture("incoming-call-request").message, callRequest(7));
  const [, declined, dialled] = await client.heard();
  assert.ok(declined?.type === "incoming-call-reply" && declined.result === 3);
  assert.ok(dialled?.type === "outgoing-call-reply" && dialled.result === 1);
});

test("what only a PAC would send is counted and changes nothing, and so is a Set-Link-Info for no call", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START, callRequest(7));
  await client.heard();
  const useless = [
    "outgoing-call-reply",
    "incoming-call-reply",
    "incoming-call-connected",
    "call-disconnect-notify",
    "wan-error-notify",
    "set-link-info",
  ] as const;
  client.say(...useless.map((type) => controlFixture(type).message));
  assert.deepEqual(await client.heard(), []);
  const { controlFaults } = world.concentrator.status();
  assert.deepEqual([controlFaults["ignored"], controlFaults["unknown-call"]], [5, 1]);
  client.say({ type: "call-clear-request", callId: toPeerCallId(7) });
  const [notify] = await client.heard();
  assert.ok(notify?.type === "call-disconnect-notify" && notify.result === 4, "the call had lived on");
});

test("the 65th call on one connection is told that all lines are busy", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START);
  // In the time that a connection is allowed for so many messages.
  for (let call = 1; call <= 65; call += 5) {
    client.say(...Array.from({ length: 5 }, (_, i) => callRequest(call + i)));
    await world.clock.advance(500);
  }
  const replies = (await client.heard()).filter((message) => message.type === "outgoing-call-reply");
  const refused = replies.filter(({ result }) => result !== 1);
  assert.deepEqual([replies.length, refused.length], [65, 1]);
  assert.deepEqual([refused[0]?.peerCallId, refused[0]?.result], [65, 4]);
});

test("60 s of silence bring an Echo-Request, 60 s more the end", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START);
  await client.heard();
  await world.clock.advance(59_900);
  assert.deepEqual(await client.heard(), []);
  await world.clock.advance(200);
  assert.deepEqual(
    (await client.heard()).map((message) => message.type),
    ["echo-request"],
  );
  await world.clock.advance(60_000);
  assert.ok(client.tcp.closed);
});

test("a Stop-Request is answered, then TCP closes", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START);
  await client.heard();
  client.say({ type: "stop-control-connection-request", reason: 1 });
  const [reply] = await client.heard();
  assert.ok(reply?.type === "stop-control-connection-reply" && reply.result === 1);
  assert.ok(client.tcp.closed);
});

test("a client that goes while its call is placed leaves nothing behind", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START, callRequest(7));
  client.tcp.close();
  await world.settle();
  await world.clock.advance(20_000);
  const { items } = await world.store.attempts.list({ limit: 5 });
  assert.deepEqual(
    items.map((attempt) => attempt.verdict),
    ["control-lost"],
  );
  assert.equal(world.concentrator.status().addressesFree, world.concentrator.status().addressesTotal);
  assert.deepEqual(world.errors, []);
});

test("a thousand dials that are begun and cleared at once leave nothing behind", async (t) => {
  const world = await createWorld(t);
  const client = speak(world);
  client.say(START);
  for (let round = 0; round < 100; round++) {
    for (let call = 1; call <= 10; call++)
      client.say(callRequest(call), { type: "call-clear-request", callId: toPeerCallId(call) });
    await world.clock.advance(2_000); // in the time that a connection is allowed for so many messages
  }
  assert.equal(world.concentrator.status().dials.failed, 1000);
  client.tcp.close();
  await world.settle();
  await world.settle();
  const status = world.concentrator.status();
  assert.deepEqual([status.sessions, status.controlConnections], [0, 0]);
  assert.deepEqual(world.errors, []);
});
