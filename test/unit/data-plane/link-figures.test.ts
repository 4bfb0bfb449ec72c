import assert from "node:assert/strict";
import { test } from "node:test";
import { TUNNEL_DROP_REASONS } from "../../../server/data-plane/counter-places.ts";
import {
  CounterReader,
  CounterWriter,
  counterMemory,
  NO_LINK_FIGURES,
  toSlot,
} from "../../../server/data-plane/counters.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { bytes } from "../../support/bytes.ts";
import { Bench, INNER, REORDER, SERVER, SPEC } from "../../support/data-plane/bench.ts";
import { control, stage } from "../../support/data-plane/disorder.ts";
import { greData, readPacket } from "../../support/data-plane/tunnel-client.ts";
import { fc } from "../../support/fc.ts";
import { udpPacket } from "../../support/packets/ipv4.ts";

/** Longer than figures of what arrived wait to be written. */
const WRITTEN = 300;

const toClient = () => udpPacket({ source: SERVER, destination: INNER }, 20);

const figures = (bench: Bench) => bench.plane.link(SPEC.callId);

test("of a tunnel that nothing has come from, or that is not there, nothing is known", async () => {
  const bench = new Bench();
  assert.deepEqual(figures(bench), NO_LINK_FIGURES);
  await bench.client();
  assert.deepEqual(figures(bench), NO_LINK_FIGURES);
});

test("lost, out of order, too late, twice: each is counted as what it is", async () => {
  const { bench, arrive } = await stage();
  await arrive(0, 2, 1, 4);
  await bench.clock.advance(REORDER.delay);
  await arrive(3, 3, 4, 7, 5);
  await bench.clock.advance(WRITTEN);
  const { arrived, lost, reordered, late, duplicates } = figures(bench);
  assert.deepEqual(
    { arrived, lost, reordered, late, duplicates },
    {
      arrived: 9,
      lost: 1, // 6
      reordered: 2, // 1 and 5
      late: 1, // 3
      duplicates: 2, // 3 and 4
    },
  );
});

test("over any network what is lost is what never came, and what came twice came twice", async () => {
  const fate = fc.record({
    copies: fc.constantFrom(0, 1, 1, 1, 1, 2),
    delay: fc.integer({ min: 0, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 60 }), async (fates) => {
      const { bench, arrive } = await stage();
      await arrive(0);
      const arrivals = fates.flatMap(({ copies, delay }, index) =>
        Array.from({ length: copies }, (_, copy) => ({ n: index + 1, at: index * 10 + delay * (copy + 1) })),
      );
      let now = 0;
      for (const { n, at } of arrivals.sort((a, b) => a.at - b.at)) {
        await bench.clock.advance(at - now);
        now = at;
        await arrive(n);
      }
      await bench.clock.advance(WRITTEN);
      await arrive(fates.length + 1);
      await bench.clock.advance(WRITTEN);
      const found = figures(bench);
      assert.equal(found.lost, fates.filter(({ copies }) => copies === 0).length);
      assert.equal(found.duplicates, fates.filter(({ copies }) => copies === 2).length);
      assert.equal(found.arrived, arrivals.length + 2);
    }),
    { numRuns: 60 },
  );
});

test("a packet to the client is timed until its acknowledgement, alone or with data", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.tun.deliver(toClient());
  await bench.settle();
  const [sent] = bench.gre.take().map(readPacket);
  await bench.clock.advance(40);
  client.raw(bytes`2081 880b 0000 1234 ${Uint8Array.of(0, 0, 0, sent!.sequence!)}`);
  await bench.settle();
  assert.equal(figures(bench).roundTrip?.smoothed, 40);
  assert.equal(figures(bench).roundTrip?.at, bench.clock.date().getTime());

  bench.tun.deliver(toClient());
  await bench.settle();
  await bench.clock.advance(20);
  const frame = client.sealed(concat(bytes`0021`, udpPacket({ source: INNER, destination: SERVER }, 8)));
  client.raw(greData(SPEC.callId, 0, frame, sent!.sequence! + 1));
  await bench.settle();
  const { roundTrip } = figures(bench);
  assert.deepEqual([roundTrip?.least, roundTrip?.samples], [20, 2]);
});

test("a control frame is timed from when it leaves, not from the last packet that came", async () => {
  const bench = new Bench();
  const client = await bench.client();
  await bench.clock.advance(5000);
  bench.plane.sendControl(SPEC.callId, control(1));
  await bench.settle();
  await bench.clock.advance(15);
  client.raw(bytes`2081 880b 0000 1234 00000000`);
  await bench.settle();
  assert.equal(figures(bench).roundTrip?.smoothed, 15);
});

test("acknowledgements of another address count for nobody", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.tun.deliver(toClient());
  await bench.settle();
  client.raw(bytes`2081 880b 0000 1234 00000000`, SERVER);
  await bench.settle();
  assert.equal(figures(bench).roundTrip, undefined);
});

test("each reason that a tunnel can have is counted for it alone", () => {
  const memory = counterMemory(3);
  const [writer, reader] = [new CounterWriter(memory), new CounterReader([memory])];
  TUNNEL_DROP_REASONS.forEach((reason, index) => {
    for (let i = 0; i <= index; i += 1) writer.droppedOf(toSlot(1), reason);
  });
  assert.deepEqual(
    reader.link(toSlot(1)).drops,
    TUNNEL_DROP_REASONS.map((reason, index) => ({ reason, packets: index + 1 })),
  );
  assert.deepEqual(reader.link(toSlot(0)), NO_LINK_FIGURES);
  assert.deepEqual(reader.link(toSlot(2)), NO_LINK_FIGURES);
  const total = TUNNEL_DROP_REASONS.reduce((sum, _, index) => sum + index + 1, 0);
  assert.equal(reader.read(toSlot(1)).drops, total, "and the sum is the sum");
});
