import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterWriter, counterMemory } from "../../../server/data-plane/counters.ts";
import { Front } from "../../../server/data-plane/front.ts";
import type { LoopCall } from "../../../server/data-plane/loop-messages.ts";
import { bytes } from "../../support/bytes.ts";
import { KEYS, NETWORK, SPEC } from "../../support/data-plane/bench.ts";

/** A front whose loop is far away: what it is sent piles up, and it says only what the test has it say. */
function distant() {
  const calls: LoopCall[] = [];
  const heard: string[] = [];
  const counters = counterMemory(4);
  const front = new Front({ send: (call) => calls.push(call), close: async () => {} }, counters, {
    control: (callId) => heard.push(`control ${callId}`),
    coherencyLost: (callId) => heard.push(`coherency lost ${callId}`),
    broken: (callId, reason) => heard.push(`broken ${callId} ${reason}`),
  });
  return { front, calls, heard, counters: new CounterWriter(counters) };
}

const slotOf = (call: LoopCall | undefined): number =>
  call !== undefined && "slot" in call ? call.slot : -1;

test("a tunnel is there when the loop says so, not before", async () => {
  const { front, calls } = distant();
  let there = false;
  const added = front.addTunnel(SPEC).then(() => {
    there = true;
  });
  await undefined;
  assert.equal(there, false);
  front.hear({ news: "added", slot: slotOf(calls[0]) });
  await added;
});

test("calls reach the loop in the order made", () => {
  const { front, calls } = distant();
  void front.addTunnel(SPEC);
  front.setKeys(SPEC.callId, KEYS);
  front.sendControl(SPEC.callId, bytes`ff03 80fd`);
  front.openNetwork(SPEC.callId, NETWORK);
  front.remove(SPEC.callId);
  assert.deepEqual(
    calls.map(({ call }) => call),
    ["add", "keys", "send", "open", "remove"],
  );
});

test("news of a tunnel that was removed is for nobody, though its call ID has another by now", () => {
  const { front, calls, heard } = distant();
  void front.addTunnel(SPEC);
  const first = slotOf(calls[0]);
  front.remove(SPEC.callId);
  const frame = bytes`ff03 c021`;
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: first });
  void front.addTunnel(SPEC);
  const second = slotOf(calls[2]);
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: first });
  front.hear({ news: "broken", callId: SPEC.callId, reason: "mppe-desynchronised", slot: first });
  assert.deepEqual(heard, []);
  front.hear({ news: "control", callId: SPEC.callId, frame, slot: second });
  front.hear({ news: "broken", callId: SPEC.callId, reason: "mppe-desynchronised", slot: second });
  assert.deepEqual(heard, [`control ${SPEC.callId}`, `broken ${SPEC.callId} mppe-desynchronised`]);
});

test("what the loop still counts for a removed tunnel is not counted for the next one", () => {
  const { front, calls, counters } = distant();
  void front.addTunnel(SPEC);
  const first = slotOf(calls[0]);
  front.remove(SPEC.callId);
  void front.addTunnel(SPEC);
  counters.received(first, 100, 1);
  assert.equal(front.counters(SPEC.callId).rxPackets, 0);
  front.hear({ news: "removed", slot: first });
  void front.addTunnel({ ...SPEC, callId: 9 });
  assert.equal(slotOf(calls.at(-1)), first);
  assert.equal(front.counters(9).rxPackets, 0);
});

test("what was not answered when the loop ends is rejected", async () => {
  const { front } = distant();
  const added = assert.rejects(front.addTunnel(SPEC), /has ended/);
  await front.close();
  await added;
});

test("octets of a call belong to the loop: changing them afterwards changes nothing", () => {
  const { front, calls } = distant();
  const frame = bytes`ff03 c021`;
  front.sendControl(SPEC.callId, frame);
  frame.fill(0);
  assert.deepEqual(calls[0], { call: "send", callId: SPEC.callId, frame: bytes`ff03 c021` });
});
