import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_COUNTERS } from "../../../../server/data-plane/counters.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, Bench, INNER, KEYS, NETWORK, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const up = udpPacket({ source: INNER, destination: SERVER }, 16);
const down = udpPacket({ source: SERVER, destination: INNER }, 16);

test("removing returns the last counters, and nothing of the tunnel goes on", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  bench.gre.take();
  bench.tun.take();
  const last = bench.plane.remove(SPEC.callId);
  assert.deepEqual([last.rxPackets, last.txPackets], [1, 1]);
  client.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "gre-unknown-call": 1, "tun-no-tunnel": 1 });
  assert.deepEqual([bench.gre.sent, bench.tun.sent], [[], []]);
  assert.deepEqual(bench.plane.counters(SPEC.callId), NO_COUNTERS);
  assert.deepEqual(bench.plane.remove(SPEC.callId), NO_COUNTERS);
});

test("a call ID may be used again: new counters, new sequence numbers, new keys", async () => {
  const bench = new Bench();
  const first = await bench.client();
  first.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  bench.plane.remove(SPEC.callId);
  bench.gre.take();
  bench.tun.take();
  const second = await bench.client();
  assert.deepEqual(bench.plane.counters(SPEC.callId), NO_COUNTERS);
  second.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  assert.equal(bench.tun.take().length, 1);
  assert.equal(readPacket(bench.gre.sent[0]!).sequence, 0);
});

test("a call ID that has a tunnel is refused", async () => {
  const bench = new Bench();
  await bench.client();
  await assert.rejects(bench.plane.addTunnel(SPEC), /call ID 4660/);
});

test("an address that moves to another tunnel stays there when the first one goes", async () => {
  const bench = new Bench();
  await bench.client();
  await bench.client({ spec: { callId: toCallId(2), peerCallId: toPeerCallId(22) } });
  bench.plane.remove(SPEC.callId);
  bench.tun.deliver(down);
  await bench.settle();
  assert.equal(readPacket(bench.gre.sent[0]!).callId, 22);
});

test("a network that is opened again with another address gives up the first", async () => {
  const bench = new Bench();
  await bench.client();
  bench.plane.openNetwork(SPEC.callId, { ...NETWORK, address: address("10.77.0.99") });
  bench.tun.deliver(down);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "tun-no-tunnel": 1 });
});

test("addresses above 127.255.255.255 are found like any other", async () => {
  const bench = new Bench();
  const inner = address("203.0.113.77");
  const client = await bench.client({ network: { address: inner } });
  client.data(udpPacket({ source: inner, destination: SERVER }, 4));
  bench.tun.deliver(udpPacket({ source: SERVER, destination: inner }, 4));
  await bench.settle();
  assert.deepEqual([bench.tun.sent.length, bench.gre.sent.length], [1, 1]);
  assert.deepEqual(bench.drops(), {});
});

test("call IDs 0 and 65535 are call IDs", async () => {
  const bench = new Bench();
  for (const id of [0, 0xffff]) {
    const client = await bench.client({ spec: { callId: toCallId(id), peerCallId: toPeerCallId(id) } });
    client.frame(bytes`c021 0101 0004`);
    await bench.settle();
    assert.equal(bench.control.pop()?.callId, id);
    bench.plane.sendControl(toCallId(id), bytes`c021 0201 0004`);
    assert.equal(readPacket(bench.gre.take().at(-1)!).callId, id);
  }
});

test("a closed network passes nothing either way, and its address is nobody's", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  bench.plane.closeNetwork(SPEC.callId);
  bench.gre.take();
  bench.tun.take();
  client.data(up);
  client.frame(bytes`21 ${up}`);
  bench.tun.deliver(down);
  await bench.settle();
  assert.deepEqual([bench.gre.sent, bench.tun.sent], [[], []]);
  assert.deepEqual(bench.drops(), { "mppe-not-ready": 1, "network-not-open": 1, "tun-no-tunnel": 1 });
  assert.equal(bench.plane.counters(SPEC.callId).rxPackets, 1);
});

test("a network that is closed may be opened again, with other keys and the same address", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.data(up);
  await bench.settle();
  bench.plane.closeNetwork(SPEC.callId);
  const again = { send: KEYS.receive, receive: KEYS.send };
  bench.plane.setKeys(SPEC.callId, again);
  bench.plane.openNetwork(SPEC.callId, NETWORK);
  client.rekey(again);
  client.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  assert.equal(bench.tun.sent.length, 2);
  assert.deepEqual(client.opened(readPacket(bench.gre.sent[0]!).payload).slice(2), down);
});

test("another tunnel that took the address of a closed network keeps it", async () => {
  const bench = new Bench();
  await bench.client();
  await bench.client({ spec: { callId: toCallId(2), peerCallId: toPeerCallId(22) } });
  bench.plane.closeNetwork(SPEC.callId);
  bench.plane.closeNetwork(toCallId(99));
  bench.tun.deliver(down);
  await bench.settle();
  assert.equal(readPacket(bench.gre.sent[0]!).callId, 22);
});

test("keys that are set again replace those before: counting starts at 0", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (let n = 0; n < 5; n += 1) client.data(up);
  await bench.settle();
  const again = { send: KEYS.receive, receive: KEYS.send };
  bench.plane.setKeys(SPEC.callId, again);
  client.rekey(again);
  client.data(up);
  await bench.settle();
  assert.deepEqual([bench.tun.sent.length, bench.drops()], [6, {}]);
});
