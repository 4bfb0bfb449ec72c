import assert from "node:assert/strict";
import { test } from "node:test";
import { ACK_DELAY, ACK_SPACING, BATCH } from "../../../../server/data-plane/limits.ts";
import { LONE_ACK_AFTER } from "../../../../server/gre/transmit.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, CLIENT, HOST, INNER, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { greData, readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const frame = bytes`ff03 c021 0909 0008 00000000`;
const inner = udpPacket({ source: SERVER, destination: INNER }, 32);

test("an acknowledgement waits no longer than Windows would", () => {
  assert.ok(ACK_DELAY < LONE_ACK_AFTER && ACK_SPACING <= LONE_ACK_AFTER);
});

test("what was received is acknowledged alone when nothing is sent, once", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.frame(frame, 5);
  client.frame(frame, 6);
  await bench.clock.advance(ACK_DELAY - 1);
  assert.deepEqual(bench.gre.sent, []);
  await bench.clock.advance(1);
  assert.deepEqual(bench.gre.take(), [
    { bytes: bytes`2081 880b 0000 4321 00000006`, peer: CLIENT, local: HOST },
  ]);
  await bench.clock.advance(10_000);
  assert.deepEqual(bench.gre.sent, []);
  assert.equal(bench.clock.pending(), 0);
});

test("each packet that comes after an acknowledgement gets one of its own", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (const sequence of [7, 8, 9]) {
    client.frame(frame, sequence);
    await bench.clock.advance(ACK_SPACING);
    assert.equal(readPacket(bench.gre.take()[0]!).acknowledgement, sequence);
  }
});

test("lone acknowledgements of a tunnel are 100 ms apart at least, however much it receives", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const sent: number[] = [];
  bench.gre.onSend = () => sent.push(bench.clock.now());
  for (let ms = 0; ms < 1000; ms += 1) {
    client.frame(bytes`c021 0909 0008 00000000`);
    await bench.clock.advance(1);
  }
  assert.deepEqual(sent.slice(0, 3), [50, 150, 250]);
  assert.ok(sent.every((at, i) => i === 0 || at - sent[i - 1]! >= 100));
});

test("nor when many tunnels share the timer", async () => {
  const bench = new Bench();
  const sent = new Map<number, number[]>();
  bench.gre.onSend = (packet) => {
    const { callId } = readPacket(packet);
    sent.set(callId, [...(sent.get(callId) ?? []), bench.clock.now()]);
  };
  const clients = [];
  for (let id = 1; id <= 7; id += 1)
    clients.push(await bench.client({ spec: { callId: toCallId(id), peerCallId: toPeerCallId(id) } }));
  for (let ms = 0; ms < 2000; ms += 13) {
    clients[ms % 7]!.frame(frame);
    await bench.clock.advance(13);
  }
  for (const at of sent.values()) {
    assert.ok(at.length > 5);
    assert.ok(at.every((time, i) => i === 0 || time - at[i - 1]! >= 100));
  }
});

test("data takes the acknowledgement along, and no lone one follows", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.frame(frame, 41);
  await bench.settle();
  bench.tun.deliver(inner);
  bench.tun.deliver(inner);
  await bench.settle();
  await bench.clock.advance(1000);
  const acknowledged = bench.gre.take().map((packet) => readPacket(packet).acknowledgement);
  assert.deepEqual(acknowledged, [41, undefined]);
});

test("a control frame takes the acknowledgement along", async () => {
  const bench = new Bench();
  (await bench.client()).frame(frame, 3);
  await bench.settle();
  bench.plane.sendControl(SPEC.callId, frame);
  assert.equal(readPacket(bench.gre.sent[0]!).acknowledgement, 3);
});

test("a duplicate and an acknowledgement are not acknowledged", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.frame(frame, 3);
  await bench.clock.advance(ACK_DELAY);
  bench.gre.take();
  client.frame(frame, 3);
  client.raw(bytes`2081 880b 0000 1234 00000001`);
  await bench.clock.advance(1000);
  assert.deepEqual(bench.gre.sent, []);
});

test("one timer acknowledges all tunnels, however many there are", async () => {
  const bench = new Bench();
  const count = BATCH + 6;
  for (let i = 1; i <= count; i += 1) {
    (await bench.client({ spec: { callId: toCallId(i), peerCallId: toPeerCallId(i) } })).frame(frame, i);
  }
  await bench.settle();
  assert.equal(bench.clock.pending(), 1);
  await bench.clock.advance(ACK_DELAY);
  assert.deepEqual(
    bench.gre.take().map((packet) => readPacket(packet).acknowledgement),
    Array.from({ length: count }, (_, i) => i + 1),
  );
});

test("a removed tunnel owes nothing", async () => {
  const bench = new Bench();
  (await bench.client()).frame(frame);
  await bench.settle();
  bench.plane.remove(SPEC.callId);
  await bench.clock.advance(1000);
  assert.deepEqual(bench.gre.sent, []);
});

test("closing disarms the timer and closes both ports", async () => {
  const bench = new Bench();
  (await bench.client()).frame(frame);
  await bench.settle();
  assert.equal(bench.clock.pending(), 1);
  await bench.plane.close();
  assert.equal(bench.clock.pending(), 0);
  assert.ok(bench.gre.closed && bench.tun.closed);
});

test("the client's sequence numbers wrap at 2^32", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (const sequence of [0xfffffffe, 0xffffffff, 0, 1]) client.raw(greData(SPEC.callId, sequence, frame));
  client.raw(greData(SPEC.callId, 0xffffffff, frame));
  await bench.settle();
  assert.equal(bench.control.length, 4);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 1 });
  await bench.clock.advance(ACK_DELAY);
  assert.equal(readPacket(bench.gre.sent[0]!).acknowledgement, 1);
});
