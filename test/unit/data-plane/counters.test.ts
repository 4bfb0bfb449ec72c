import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CounterReader,
  CounterWriter,
  counterMemories,
  counterMemory,
  NO_COUNTERS,
  toSlot,
} from "../../../server/data-plane/counters.ts";
import { DROP_REASONS } from "../../../server/data-plane/data-plane.ts";

test("what one side writes, the other reads, each tunnel for itself", () => {
  const memory = counterMemory(3);
  const writer = new CounterWriter(memory);
  const reader = new CounterReader([memory]);
  writer.received(toSlot(1), 100);
  writer.received(toSlot(1), 50);
  writer.active(toSlot(1), 6000);
  writer.sent(toSlot(1), 7);
  writer.active(toSlot(1), 7000);
  writer.droppedOf(toSlot(1), "clear-text");
  writer.sent(toSlot(2), 9);
  assert.deepEqual(reader.read(toSlot(1)), {
    rxPackets: 2,
    rxBytes: 150,
    txPackets: 1,
    txBytes: 7,
    drops: 1,
    lastActivity: 7000,
    heard: false,
    elsewhere: undefined,
  });
  assert.deepEqual(reader.read(toSlot(0)), NO_COUNTERS);
  assert.equal(reader.read(toSlot(2)).txBytes, 9);
});

test("GRE of the peer and from elsewhere: that the one came, and of the other the last address and how many", () => {
  const memory = counterMemory(2);
  const writer = new CounterWriter(memory);
  const reader = new CounterReader([memory]);
  writer.heard(toSlot(1));
  for (let i = 0; i < 70_000; i += 1) writer.fromElsewhere(toSlot(1), 0x0a090001);
  writer.fromElsewhere(toSlot(1), 0xffff_fffe | 0); // signed, as packets have them
  assert.equal(reader.read(toSlot(1)).heard, true);
  assert.deepEqual(reader.read(toSlot(1)).elsewhere, { address: 0xffff_fffe, packets: 70_001 });
  assert.deepEqual(reader.read(toSlot(0)), NO_COUNTERS);
  assert.equal(reader.drops()["gre-wrong-peer"], 70_001);
  assert.equal(reader.read(toSlot(1)).drops, 0, "they are no inner packets");
});

test("a cleared slot is zero, its neighbours are not", () => {
  const memory = counterMemory(2);
  const writer = new CounterWriter(memory);
  const reader = new CounterReader([memory]);
  writer.received(toSlot(0), 1);
  writer.received(toSlot(1), 1);
  reader.clear(toSlot(0));
  assert.deepEqual(reader.read(toSlot(0)), NO_COUNTERS);
  assert.equal(reader.read(toSlot(1)).rxPackets, 1);
});

test("drops are summed by reason, with a tunnel or without", () => {
  const memory = counterMemory(1);
  const writer = new CounterWriter(memory);
  for (const reason of DROP_REASONS) writer.dropped(reason);
  writer.droppedOf(toSlot(0), "mppe-late");
  writer.dropped("tun-queue-full", 4);
  const drops = new CounterReader([memory]).drops();
  assert.deepEqual(Object.keys(drops), [...DROP_REASONS]);
  assert.equal(drops["gre-truncated"], 1);
  assert.equal(drops["mppe-late"], 2);
  assert.equal(drops["tun-queue-full"], 5);
});

test("several loops count for the same tunnels, and their drops are added up", () => {
  const memories = counterMemories(2, 2);
  const [first, second] = memories.map((memory) => new CounterWriter(memory));
  const reader = new CounterReader(memories);
  first!.received(toSlot(0), 10);
  second!.received(toSlot(1), 20);
  first!.dropped("gre-truncated", 2);
  second!.droppedOf(toSlot(1), "gre-truncated");
  assert.deepEqual(
    [reader.read(toSlot(0)).rxBytes, reader.read(toSlot(1)).rxBytes, reader.read(toSlot(1)).drops],
    [10, 20, 1],
  );
  assert.equal(reader.drops()["gre-truncated"], 3);
});

test("what somebody else counts is taken over, not added", () => {
  const memory = counterMemory(1);
  const writer = new CounterWriter(memory);
  writer.droppedSoFar("gre-overflow", 5);
  writer.droppedSoFar("gre-overflow", 9);
  assert.equal(new CounterReader([memory]).drops()["gre-overflow"], 9);
});
