import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, CounterWriter, counterMemory } from "../../../../server/data-plane/counters.ts";
import { type OverflowingPort, OverflowWatch } from "../../../../server/data-plane/workers/overflow-watch.ts";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { bytes } from "../../../support/bytes.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { VirtualPort } from "../../../support/virtual-port.ts";

/** A socket that has lost `lost` packets, watched; `asked` is how often that was asked. */
function watched() {
  const clock = new VirtualClock();
  const memory = counterMemory(1);
  const port = Object.assign(new VirtualPort(), { lost: 0, asked: 0 });
  const socket: OverflowingPort = Object.assign(port, {
    overflowed() {
      port.asked += 1;
      return port.lost;
    },
  });
  const watch = new OverflowWatch(socket, clock, new CounterWriter(memory));
  const reader = new CounterReader([memory]);
  return { clock, port, watch, counted: () => reader.drops()["gre-overflow"] };
}

const batch = new PacketBatch(4, 64);

test("what a socket has lost is counted within a second of packets that it still has", async () => {
  const { clock, port, watch, counted } = watched();
  port.lost = 5;
  port.deliver(bytes`01 02`);
  assert.equal(watch.receive(batch, 0), 1);
  assert.equal(counted(), 0);
  await clock.advance(1000);
  assert.equal(counted(), 5);
  port.lost = 7;
  watch.receive(batch, 0);
  await clock.advance(1000);
  assert.equal(counted(), 7);
});

test("a socket is asked once a second however much comes, and never while nothing does", async () => {
  const { clock, port, watch } = watched();
  await clock.advance(10_000);
  assert.equal(port.asked, 0);
  for (let turn = 0; turn < 100; turn += 1) watch.receive(batch, 0);
  await clock.advance(10_000);
  assert.equal(port.asked, 1);
  assert.equal(clock.pending(), 0);
});

test("packets pass as they are, both ways, and a closed socket sets no timer", () => {
  const { clock, port, watch } = watched();
  port.deliver(bytes`0a 0b`, 9);
  assert.equal(watch.receive(batch, 8), 1);
  assert.deepEqual([batch.offsets[0], batch.lengths[0], batch.peers[0]], [8, 2, 9]);
  assert.equal(watch.send(batch, 1), 1);
  assert.deepEqual(port.take()[0]!.bytes, bytes`0a 0b`);
  watch.close();
  assert.deepEqual([port.closed, clock.pending()], [true, 0]);
});

test("the callback for packets to receive is the socket's", async () => {
  const { clock, port, watch } = watched();
  let readable = 0;
  watch.onReadable(() => {
    readable += watch.receive(batch, 0);
  });
  port.deliver(bytes`01`);
  await clock.advance(0);
  assert.equal(readable, 1);
});
