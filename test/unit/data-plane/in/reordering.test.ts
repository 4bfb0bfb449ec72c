import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId, toPeerCallId } from "../../../../server/wire/call-id.ts";
import { millis } from "../../../../server/wire/units.ts";
import { bytes } from "../../../support/bytes.ts";
import { Bench, REORDER, SPEC } from "../../../support/data-plane/bench.ts";
import { control, numbered, stage } from "../../../support/data-plane/disorder.ts";
import { greData, readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { fc } from "../../../support/fc.ts";

const DELAY = REORDER.delay;

test("packets that overtake one come out behind it, decrypted, and none is lost", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 3, 2, 1, 4, 6, 5, 7);
  assert.deepEqual(out(), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(bench.drops(), {});
});

test("what is held comes out when the missing one comes, and not before", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2, 3, 5);
  assert.deepEqual(out(), [0]);
  await bench.clock.advance(DELAY - 1);
  await arrive(1);
  assert.deepEqual(out(), [1, 2, 3]);
  await arrive(4);
  assert.deepEqual(out(), [4, 5]);
});

test(`what is missing is given up after ${DELAY} ms, and comes too late then`, async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2, 3);
  await bench.clock.advance(DELAY - 1);
  assert.deepEqual(out(), [0]);
  await bench.clock.advance(1);
  assert.deepEqual(out(), [2, 3]);
  await arrive(1, 4);
  assert.deepEqual(out(), [4]);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 1 });
});

test("each packet waits its own time: a later gap is not given up with an earlier one", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  await bench.clock.advance(30);
  await arrive(4);
  await bench.clock.advance(20);
  assert.deepEqual(out(), [0, 2]);
  await arrive(3);
  assert.deepEqual(out(), [3, 4]);
});

test("the timer is set again for the packet that has waited longest of those left", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  await bench.clock.advance(30);
  await arrive(4);
  await bench.clock.advance(DELAY - 1);
  assert.deepEqual(out(), [0, 2]);
  await bench.clock.advance(1);
  assert.deepEqual(out(), [4]);
});

test("a packet that has waited takes with it those before it that came later", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 5);
  await bench.clock.advance(40);
  await arrive(2);
  await bench.clock.advance(10);
  assert.deepEqual(out(), [0, 2, 5]);
});

test("a queue that is full gives up what is missing first, and waits on for the rest", async () => {
  const { arrive, out } = await stage({ packets: 4, delay: DELAY });
  await arrive(0, 2, 3, 5);
  assert.deepEqual(out(), [0]);
  await arrive(6);
  assert.deepEqual(out(), [2, 3]);
  await arrive(4);
  assert.deepEqual(out(), [4, 5, 6]);
});

test("a jump beyond the queue brings out what is held, and goes on from there", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2, 4, 500, 501);
  assert.deepEqual(out(), [0, 2, 4, 500, 501]);
  assert.deepEqual(bench.drops(), {});
});

for (const off of [
  { packets: 0, delay: DELAY },
  { packets: 32, delay: millis(0) },
]) {
  test(`with ${off.packets} packets and ${off.delay} ms nothing is held: late ones are dropped`, async () => {
    const { bench, arrive, out } = await stage(off);
    await arrive(0, 2, 1, 4, 3, 5);
    assert.deepEqual(out(), [0, 2, 4, 5]);
    assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 2 });
  });
}

test("duplicates are dropped, of what is held and of what has gone on", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2, 2, 0, 1, 1, 2);
  assert.deepEqual(out(), [0, 1, 2]);
  assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 4 });
});

test("sequence numbers wrap at 2^32 in the queue", async () => {
  const { bench, client, out } = await stage();
  const frames = [0, 1, 2, 3, 4, 5].map((n) => client.sealed(concat(bytes`0021`, numbered(n))));
  for (const n of [0, 2, 4, 3, 1, 5])
    client.raw(greData(SPEC.callId, (0xfffffffd + n) % 2 ** 32, frames[n]!));
  await bench.settle();
  assert.deepEqual(out(), [0, 1, 2, 3, 4, 5]);
});

test("control frames are held like any other, while the network is not open yet", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, open: false });
  for (const n of [0, 3, 1, 2]) client.frame(control(n), n);
  client.frame(control(5), 5);
  await bench.settle();
  const ids = (): number[] => bench.control.splice(0).map(({ frame }) => frame[5]!);
  assert.deepEqual(ids(), [0, 1, 2, 3]);
  await bench.clock.advance(DELAY);
  assert.deepEqual(ids(), [5]);
});

test("the very first two frames may change places, and both reach the main thread at once", async () => {
  const bench = new Bench();
  const client = await bench.client({ keys: false, open: false });
  for (const n of [2, 1, 3]) client.frame(control(n), n);
  await bench.settle();
  assert.deepEqual(
    bench.control.map(({ frame }) => frame[5]),
    [2, 1, 3],
  );
  assert.deepEqual(bench.drops(), {});
});

test("data and control frames of a client keep their order in the queue, and those of others pass by", async () => {
  const bench = new Bench();
  const first = await bench.client({ keys: false, network: { encryptionRequired: false } });
  const second = await bench.client({
    spec: { callId: toCallId(2), peerCallId: toPeerCallId(2) },
    keys: false,
    open: false,
  });
  first.frame(control(0), 0);
  first.frame(concat(bytes`21`, numbered(2)), 2);
  first.frame(control(3), 3);
  second.frame(control(9), 0);
  await bench.settle();
  assert.deepEqual(
    bench.control.splice(0).map(({ callId }) => callId),
    [SPEC.callId, 2],
  );
  first.frame(concat(bytes`21`, numbered(1)), 1);
  await bench.settle();
  assert.deepEqual([bench.tun.take().length, bench.control.length], [2, 1]);
});

test("the acknowledgement names the last packet in order, and rises when what is missing is given up", async () => {
  const { bench, arrive } = await stage();
  await arrive(0, 2, 3);
  bench.plane.sendControl(SPEC.callId, control(0));
  assert.equal(readPacket(bench.gre.take()[0]!).acknowledgement, 0);
  bench.plane.sendControl(SPEC.callId, control(0));
  assert.equal(readPacket(bench.gre.take()[0]!).acknowledgement, undefined);
  await bench.clock.advance(1000);
  assert.deepEqual(
    bench.gre.take().map((packet) => readPacket(packet).acknowledgement),
    [3],
  );
});

test("any disorder within the queue comes out in order, each packet once, whatever turns it comes in", async () => {
  const packet = fc.tuple(fc.integer({ min: 0, max: REORDER.packets }), fc.boolean(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(packet, { minLength: 1, maxLength: 120 }), async (packets) => {
      const { bench, arrive, out } = await stage();
      const arrivals = packets
        .map(([later, twice, turn], n) => ({ n, twice, turn, at: n === 0 ? -1 : n + later }))
        .sort((a, b) => a.at - b.at || b.n - a.n);
      for (const { n, twice, turn } of arrivals) {
        if (turn) await arrive(n);
        else await arrive(...(twice ? [n, n] : [n]));
      }
      assert.deepEqual(
        out(),
        packets.map((_, n) => n),
      );
      await bench.plane.close();
      assert.equal(bench.clock.pending(), 0);
    }),
    { numRuns: 30, seed: 2637 },
  );
});

test("whatever is lost, late or twice, what comes out rises and is as it was sent, and nothing is left behind", async () => {
  const step = fc.tuple(fc.integer({ min: -30, max: 40 }), fc.integer({ min: 0, max: 30 }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const { bench, arrive, out } = await stage({ packets: 8, delay: DELAY });
      let at = 0;
      for (const [distance, ms] of steps) {
        at = Math.max(0, at + distance);
        await arrive(at);
        await bench.clock.advance(ms);
      }
      await bench.clock.advance(1000);
      const numbers = out();
      assert.ok(numbers.every((n, i) => i === 0 || n > numbers[i - 1]!));
      // All that did not come out was a duplicate or late; nothing reached the cipher in the wrong order.
      const dropped = bench.drops()["gre-duplicate-or-late"] ?? 0;
      assert.equal(numbers.length + dropped, steps.length);
      assert.equal(bench.clock.pending(), 0);
    }),
    { numRuns: 60, seed: 3078 },
  );
});

test("a shorter time counts at once, also for what is held already", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  await bench.clock.advance(20);
  bench.plane.setReorder({ packets: REORDER.packets, delay: millis(10) });
  assert.deepEqual(out(), [0, 2]);
  await arrive(4);
  await bench.clock.advance(10);
  assert.deepEqual(out(), [4]);
});

test("a longer time counts for what is held already", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  bench.plane.setReorder({ packets: REORDER.packets, delay: millis(100) });
  await bench.clock.advance(DELAY);
  await arrive(1);
  assert.deepEqual(out(), [0, 1, 2]);
});

for (const limits of [
  { packets: 0, delay: DELAY },
  { packets: REORDER.packets, delay: millis(0) },
]) {
  test(`from ${limits.packets} packets and ${limits.delay} ms on: what is held goes on, and nothing is held`, async () => {
    const { bench, arrive, out } = await stage();
    await arrive(0, 2, 3);
    bench.plane.setReorder(limits);
    assert.deepEqual(out(), [0, 2, 3]);
    await arrive(5, 4);
    assert.deepEqual(out(), [5]);
    bench.plane.setReorder(REORDER);
    await arrive(7, 6);
    assert.deepEqual(out(), [6, 7]);
    await bench.clock.advance(DELAY);
    assert.deepEqual(bench.drops(), { "gre-duplicate-or-late": 1 });
  });
}

test("the reach is another one for tunnels that are there, and for those that come", async () => {
  const { bench, arrive, out } = await stage();
  await arrive(0, 2);
  bench.plane.setReorder({ packets: 2, delay: DELAY });
  await arrive(4, 6);
  assert.deepEqual(out(), [0, 2, 4]);
  await arrive(8);
  assert.deepEqual(out(), [6]);
});
