import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CONTROL_BURST,
  CONTROL_PER_SECOND,
  MAX_CONTROL_FRAME,
} from "../../../../server/data-plane/limits.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, CLIENT, HOST, KEYS, NETWORK, SPEC } from "../../../support/data-plane/bench.ts";
import { greData, readPacket } from "../../../support/data-plane/tunnel-client.ts";

const configureRequest = bytes`ff03 c021 0101 0004`;

for (const [name, frame] of [
  ["LCP", configureRequest],
  ["LCP without FF 03", bytes`c021 0101 0004`],
  ["CHAP", bytes`ff03 c223 0201 0004`],
  ["CCP", bytes`80fd 0101 0004`],
  ["IPCP", bytes`ff03 8021 0101 0004`],
  ["an unknown control protocol", bytes`ff03 8057 0101 0004`],
  ["a control protocol without information", bytes`c021`],
] as const) {
  test(`${name} is handed on as it came, encryption or not`, async () => {
    const bench = new Bench();
    (await bench.client()).frame(frame);
    await bench.settle();
    assert.deepEqual(bench.control, [{ callId: SPEC.callId, frame }]);
    assert.deepEqual(bench.drops(), {});
    assert.deepEqual(bench.tun.sent, []);
  });
}

test("an unknown data protocol before encryption is handed on, for a Protocol-Reject", async () => {
  const bench = new Bench();
  (await bench.client({ keys: false, open: false })).frame(bytes`ff03 0057 6000`);
  await bench.settle();
  assert.deepEqual(bench.control, [{ callId: SPEC.callId, frame: bytes`ff03 0057 6000` }]);
});

test("a frame that was handed on does not change when the next packets come", async () => {
  const bench = new Bench();
  const client = await bench.client();
  client.frame(configureRequest);
  await bench.settle();
  client.frame(bytes`ff03 c021 0909 0009`);
  await bench.settle();
  assert.deepEqual(bench.control[0]?.frame, configureRequest);
});

test("frames keep their order over many batches", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, open: false });
  for (let i = 0; i < CONTROL_BURST; i += 1) client.frame(bytes`c021 01 ${Uint8Array.of(i)} 0004`);
  await bench.settle();
  assert.deepEqual(
    bench.control.map(({ frame }) => frame[3]),
    Array.from({ length: CONTROL_BURST }, (_, i) => i),
  );
});

test("a flood of control frames is dropped beyond the burst, and another tunnel is not touched", async () => {
  const bench = new Bench();
  const flood = await bench.client();
  const calm = await bench.client({ spec: { callId: toCallId(9), peerAddress: CLIENT } });
  for (let i = 0; i < CONTROL_BURST + 10; i += 1) flood.frame(configureRequest);
  calm.frame(configureRequest);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "control-flood": 10 });
  assert.equal(bench.plane.counters(SPEC.callId).drops, 10);
  assert.equal(bench.control.filter(({ callId }) => callId === 9).length, 1);
});

test("after a flood, frames pass at the rate allowed", async () => {
  const bench = new Bench();
  const client = await bench.client();
  for (let i = 0; i < CONTROL_BURST; i += 1) client.frame(configureRequest);
  await bench.settle();
  bench.control.length = 0;
  await bench.clock.advance(1000);
  for (let i = 0; i < 2 * CONTROL_PER_SECOND; i += 1) client.frame(configureRequest);
  await bench.settle();
  assert.equal(bench.control.length, CONTROL_PER_SECOND);
});

test("a control frame goes out at once, numbered from 0, between the two outer addresses", async () => {
  const bench = new Bench();
  await bench.client();
  bench.plane.sendControl(SPEC.callId, configureRequest);
  bench.plane.sendControl(SPEC.callId, bytes`ff03 c021 0201 0004`);
  assert.deepEqual(bench.gre.sent[0], {
    bytes: bytes`
      3001 880b   K, S, version 1
      0008 4321   Payload length, the client's call ID
      00000000    Sequence number
      ff03 c021 0101 0004
    `,
    peer: CLIENT,
    local: HOST,
  });
  assert.equal(readPacket(bench.gre.sent[1]!).sequence, 1);
});

test("keys set before a frame is sent are there when its answer comes", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, open: false });
  bench.gre.onSend = () => client.data(bytes`45`);
  bench.plane.setKeys(SPEC.callId, KEYS);
  bench.plane.sendControl(SPEC.callId, configureRequest);
  await bench.settle();
  assert.deepEqual(bench.drops(), { "network-not-open": 1 });
});

test("a handler may send, remove and add in the midst of a batch", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.gre.onSend = () => {
    bench.plane.remove(SPEC.callId);
    void bench.plane.addTunnel({ ...SPEC, callId: toCallId(7) });
  };
  bench.tun.onSend = () => assert.fail("reached the TUN");
  for (let i = 0; i < 3; i += 1) client.frame(configureRequest);
  bench.plane.sendControl(SPEC.callId, configureRequest);
  client.raw(greData(7, 0, configureRequest));
  await bench.settle();
  assert.deepEqual(bench.drops(), { "gre-unknown-call": 3 });
  assert.deepEqual(bench.control, [{ callId: 7, frame: configureRequest }]);
});

test("a frame that the kernel does not take is counted", async () => {
  const bench = new Bench();
  await bench.client();
  bench.gre.accepts = 0;
  bench.plane.sendControl(SPEC.callId, configureRequest);
  assert.deepEqual(bench.drops(), { "gre-send-failed": 1 });
});

test("a frame larger than any control protocol can make is our bug and throws", async () => {
  const bench = new Bench();
  await bench.client();
  bench.plane.sendControl(SPEC.callId, new Uint8Array(MAX_CONTROL_FRAME));
  assert.equal(readPacket(bench.gre.sent[0]!).payload.length, MAX_CONTROL_FRAME);
  assert.throws(
    () => bench.plane.sendControl(SPEC.callId, new Uint8Array(MAX_CONTROL_FRAME + 1)),
    RangeError,
  );
});

test("calls for a call ID that nobody has do nothing", () => {
  const bench = new Bench();
  bench.plane.sendControl(toCallId(1), configureRequest);
  bench.plane.setKeys(toCallId(1), KEYS);
  bench.plane.openNetwork(toCallId(1), NETWORK);
  assert.equal(bench.plane.remove(toCallId(1)).rxPackets, 0);
  assert.equal(bench.plane.counters(toCallId(70_000)).rxPackets, 0);
  assert.deepEqual(bench.gre.sent, []);
});
