import assert from "node:assert/strict";
import { test } from "node:test";
import type { MppeKeys } from "../../../../server/data-plane/data-plane.ts";
import {
  GARBAGE_BEFORE_RESET,
  MAX_RESETS_IN_A_ROW,
  RESET_SPACING,
} from "../../../../server/data-plane/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, INNER, REORDER, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const up = udpPacket({ source: INNER, destination: SERVER }, 32);
const down = udpPacket({ source: SERVER, destination: INNER }, 32);

const keys = (strength: 40 | 56 | 128, stateless: boolean): MppeKeys => {
  const octets = strength === 128 ? 16 : 8;
  const direction = (from: number) => ({
    key: Uint8Array.from({ length: octets }, (_, i) => from + i),
    strength,
    stateless,
  });
  return { send: direction(1), receive: direction(0x81) };
};

const STATEFUL = keys(128, false);

for (const strength of [40, 56, 128] as const) {
  for (const stateless of [true, false]) {
    test(`${strength} bits, ${stateless ? "stateless" : "stateful"}: data passes both ways, past key changes`, async () => {
      const bench = new Bench();
      const client = await bench.client({ keys: keys(strength, stateless) });
      for (let n = 0; n < 600; n += 1) {
        client.data(up);
        bench.tun.deliver(down);
        await bench.settle();
        assert.deepEqual(bench.tun.take()[0]?.bytes, up);
        assert.deepEqual(client.opened(readPacket(bench.gre.take()[0]!).payload), concat(bytes`0021`, down));
      }
      assert.deepEqual(bench.drops(), {});
    });
  }
}

test("directions may differ in strength and mode, as each side asks for what it receives", async () => {
  const bench = new Bench();
  const mixed = { send: keys(40, false).send, receive: keys(128, true).receive };
  const client = await bench.client({ keys: mixed });
  client.data(up);
  bench.tun.deliver(down);
  await bench.settle();
  assert.deepEqual(bench.tun.sent[0]?.bytes, up);
  assert.deepEqual(client.opened(readPacket(bench.gre.sent[0]!).payload), concat(bytes`0021`, down));
});

test("a lost packet is told at once, then every 200 ms while packets come that cannot be read, and no more after", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  client.data(up);
  client.sealed(up); // lost before GRE, so that the queue does not wait
  const told: number[] = [];
  bench.lost.push = () => told.push(bench.clock.now());
  for (let ms = 0; ms < 410; ms += 10) {
    client.data(up);
    await bench.clock.advance(10);
  }
  assert.deepEqual(told, [0, RESET_SPACING, 2 * RESET_SPACING]);
  assert.deepEqual(bench.drops(), { "mppe-unsynchronised": 41 });
  await bench.clock.advance(RESET_SPACING / 2);
  client.flush();
  client.data(up);
  client.data(up);
  await bench.settle();
  assert.equal(told.length, 3);
  assert.equal(bench.tun.take().length, 3);
  client.sealed(up);
  client.data(up);
  await bench.settle();
  assert.equal(told.length, 4);
});

test("a packet that only was late costs stateful MPPE nothing", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  const frames = [0, 1, 2, 3].map(() => client.sealed(concat(bytes`0021`, up)));
  for (const n of [0, 2, 3, 1]) client.frame(frames[n]!, n);
  await bench.settle();
  assert.deepEqual([bench.tun.sent.length, bench.lost, bench.drops()], [4, [], {}]);
});

test("a packet that GRE lost is told when its turn is given up", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  const frames = [0, 1, 2].map(() => client.sealed(concat(bytes`0021`, up)));
  client.frame(frames[0]!, 0);
  client.frame(frames[2]!, 2);
  await bench.clock.advance(REORDER.delay - 1);
  assert.deepEqual(bench.lost, []);
  await bench.clock.advance(1);
  assert.deepEqual(bench.lost, [SPEC.callId]);
});

test("a client that never flushes ends the tunnel after ten seconds, once, however fast it sends", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  client.sealed(up);
  let ended: number | undefined;
  for (let ms = 0; ended === undefined && ms < 60_000; ms += 100) {
    // Flag packets would bring the place back: they are lost.
    for (let n = 0; n < 5; n += 1) {
      const frame = client.sealed(concat(bytes`0021`, up));
      if ((frame[5]! & 0xff) !== 0xff) client.frame(frame);
    }
    await bench.clock.advance(100);
    if (bench.broken.length > 0) ended = ms;
  }
  assert.equal(ended, MAX_RESETS_IN_A_ROW * RESET_SPACING);
  client.data(up);
  await bench.clock.advance(1000);
  assert.deepEqual(bench.broken, [SPEC.callId]);
});

test("a client that loses its place with every second packet is not heard more often than any control frame", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  for (let n = 0; n < 500; n += 1) {
    client.sealed(up);
    client.data(up);
    client.flush();
    client.data(up);
    await bench.clock.advance(1);
  }
  assert.ok(bench.lost.length < 100);
});

test("a flush that was asked for makes the next packet one that needs no other", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  const send = async (): Promise<Uint8Array> => {
    bench.tun.deliver(down);
    await bench.settle();
    return readPacket(bench.gre.take()[0]!).payload;
  };
  client.opened(await send());
  await send(); // lost
  bench.plane.flushEncryption(SPEC.callId);
  bench.plane.flushEncryption(SPEC.callId);
  assert.deepEqual(client.opened(await send()), concat(bytes`0021`, down));
  assert.deepEqual(client.opened(await send()), concat(bytes`0021`, down));
});

test("a flush without keys, in stateless mode or of an unknown call is nothing", async () => {
  const bench = new Bench();
  bench.plane.flushEncryption(toCallId(1));
  await bench.client({ keys: false });
  bench.plane.flushEncryption(SPEC.callId);
});

test("nonsense in a row is taken for a lost place, and the client is asked to flush", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: STATEFUL });
  for (let n = 0; n < GARBAGE_BEFORE_RESET; n += 1) client.frame(client.sealed(bytes`c021`));
  await bench.settle();
  assert.deepEqual(bench.lost, []);
  client.data(up);
  await bench.settle();
  assert.deepEqual(bench.lost, [SPEC.callId]);
  client.flush();
  client.data(up);
  await bench.settle();
  assert.equal(bench.tun.sent.length, 1);
});
