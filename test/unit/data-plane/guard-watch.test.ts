import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, CounterWriter, counterMemory } from "../../../server/data-plane/counters.ts";
import { GuardWatch } from "../../../server/data-plane/guard-watch.ts";
import { SPEC } from "../../support/data-plane/bench.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

function watched(worker = 0, of = 1) {
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
    rest: (rests: boolean) => done.push(rests ? "rest" : "wake"),
    countFor: (worker: number, counts: boolean) => done.push(`count for ${worker}: ${counts}`),
  };
  const watch = new GuardWatch(guard, clock, writer, worker, of);
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

test("a guard rests for as long as its loop has no tunnel; the first loop's never does, and counts for others", () => {
  const { watch, done } = watched(2, 4);
  assert.deepEqual(done.splice(0), ["rest"]);
  const calls = [1, 2].map((callId) => ({ call: "add", spec: { ...SPEC, callId }, slot: callId }) as const);
  for (const call of calls) watch.before(call);
  // Nobody misses a packet: the call is admitted before the guard wakes.
  assert.deepEqual(done.splice(0), [`admit 1 ${SPEC.peerAddress}`, "wake", `admit 2 ${SPEC.peerAddress}`]);
  for (const callId of [1, 2]) watch.before({ call: "remove", callId, slot: callId });
  assert.deepEqual(done, ["dismiss 1", "dismiss 2", "rest"]);

  const first = watched(0, 3);
  first.watch.before({ call: "count-for", worker: 2, counts: false });
  assert.deepEqual(first.done, ["count for 1: true", "count for 2: true", "count for 2: false"]);
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
