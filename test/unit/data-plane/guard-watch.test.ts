import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, CounterWriter, counterMemory } from "../../../server/data-plane/counters.ts";
import { GuardWatch } from "../../../server/data-plane/guard-watch.ts";
import { SPEC } from "../../support/data-plane/bench.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function watched() {
  const clock = new VirtualClock();
  const memory = counterMemory(1);
  const writer = new CounterWriter(memory);
  const reader = new CounterReader([memory]);
  const done: string[] = [];
  const refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  const guard = {
    admit: (callId: number, peer: number) => done.push(`admit ${callId} ${peer}`),
    dismiss: (callId: number) => done.push(`dismiss ${callId}`),
    refused: () => ({ ...refused }),
  };
  const watch = new GuardWatch(guard, clock, writer);
  const counted = () => [
    reader.drops()["gre-unknown-call"],
    reader.drops()["gre-wrong-peer"],
    reader.drops()["gre-not-pptp"],
  ];
  return { clock, writer, watch, done, refused, counted };
}

test("a call is admitted with its tunnel, for its peer, and dismissed with it", () => {
  const { watch, done } = watched();
  watch.before({ call: "add", spec: SPEC, slot: 0 });
  watch.before({ call: "shut", callId: SPEC.callId });
  watch.before({ call: "remove", callId: SPEC.callId, slot: 0 });
  assert.deepEqual(done, [`admit ${SPEC.callId} ${SPEC.peerAddress}`, `dismiss ${SPEC.callId}`]);
});

test("what the kernel keeps away is counted within a second, beside what the loop drops", async () => {
  const { clock, writer, refused, counted } = watched();
  writer.dropped("gre-unknown-call");
  Object.assign(refused, { unknownCall: 5, wrongPeer: 2, notPptp: 1 });
  await clock.advance(1000);
  assert.deepEqual(counted(), [6, 2, 1]);
  writer.dropped("gre-wrong-peer");
  refused.unknownCall = 9;
  await clock.advance(1000);
  assert.deepEqual(counted(), [10, 3, 1]);
});

test("a loop that is closed asks no more", async () => {
  const { clock, watch } = watched();
  await clock.advance(3000);
  assert.equal(clock.pending(), 1);
  watch.before({ call: "close" });
  assert.equal(clock.pending(), 0);
});
