import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, CounterWriter, counterMemory } from "../../../../server/data-plane/counters.ts";
import type { GuardNews } from "../../../../server/data-plane/loop/loop-messages.ts";
import { GuardWatch } from "../../../../server/data-plane/workers/guard-watch.ts";
import { SPEC } from "../../../support/data-plane/bench.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

function watched(worker = 0, of = 1) {
  const clock = new VirtualClock();
  const memory = counterMemory(1);
  const writer = new CounterWriter(memory);
  const reader = new CounterReader([memory]);
  const done: string[] = [];
  const refused = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  const received = { packets: 0 };
  const said: GuardNews[] = [];
  const guard = {
    admit: (callId: number, peer: number) => done.push(`admit ${callId} ${peer}`),
    dismiss: (callId: number) => done.push(`dismiss ${callId}`),
    refused: () => ({ ...refused }),
    received: () => received.packets,
    rest: (rests: boolean) => done.push(rests ? "rest" : "wake"),
    countFor: (worker: number, counts: boolean) => done.push(`count for ${worker}: ${counts}`),
  };
  const tell = (news: GuardNews) => void said.push(news);
  const watch = new GuardWatch({ guard, clock, counters: writer, worker, of, tell });
  const counted = () => [
    reader.drops()["gre-unknown-call"],
    reader.drops()["gre-wrong-peer"],
    reader.drops()["gre-not-pptp"],
  ];
  return { clock, writer, watch, done, said, refused, received, counted };
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

test("a guard rests when it is told to, and says when it no longer does", () => {
  const { watch, done, said } = watched(1, 2);
  watch.before({ call: "add", spec: SPEC, slot: 0 });
  done.splice(0);
  watch.before({ call: "rest", rests: true });
  assert.deepEqual([done.splice(0), said], [["rest"], []]);
  watch.before({ call: "rest", rests: false });
  assert.deepEqual([done, said], [["wake"], [{ news: "awake", worker: 1 }]]);
  // Told to wake up with its last tunnel gone: it is still needed by nobody.
  watch.before({ call: "rest", rests: true });
  watch.before({ call: "remove", callId: SPEC.callId, slot: 0 });
  watch.before({ call: "rest", rests: false });
  assert.deepEqual(done, ["wake", "rest", `dismiss ${SPEC.callId}`]);
});

test("calls of a worker that is going to rest are let in, and no longer when it is awake", () => {
  const { watch, done, said } = watched(0, 3);
  watch.before({ call: "count-for", worker: 1, counts: false });
  done.splice(0);
  const calls = [1, 4].map((callId) => ({ callId, peer: SPEC.peerAddress }));
  watch.before({ call: "carry", worker: 1, calls });
  const admitted = [`admit 1 ${SPEC.peerAddress}`, `admit 4 ${SPEC.peerAddress}`, "count for 1: true"];
  assert.deepEqual([done.splice(0), said], [admitted, [{ news: "carrying", worker: 1 }]]);
  watch.before({ call: "carry-no-more", worker: 1 });
  // Counted no more before they are dismissed: they are no strangers.
  assert.deepEqual(done.splice(0), ["count for 1: false", "dismiss 1", "dismiss 4"]);

  // All its tunnels went meanwhile: the first one counts for it, carrying or not.
  watch.before({ call: "carry", worker: 1, calls });
  watch.before({ call: "count-for", worker: 1, counts: true });
  done.splice(0);
  watch.before({ call: "carry-no-more", worker: 1 });
  assert.deepEqual(done, ["count for 1: true", "dismiss 1", "dismiss 4"]);
});

test("how much comes is said when it changes, and again every second where the first loop is busy", async () => {
  const first = watched(0, 2);
  for (const packets of [0, 20_000, 20_000, 201]) {
    first.received.packets += packets;
    await first.clock.advance(1000);
  }
  const paces = (said: readonly GuardNews[]) => said.map((news) => ("pace" in news ? news.pace : news.news));
  assert.deepEqual(paces(first.said), ["quiet", "busy", "busy", "some"]);

  const second = watched(1, 2);
  for (const packets of [20_000, 20_000, 200, 0]) {
    second.received.packets += packets;
    await second.clock.advance(1000);
  }
  assert.deepEqual(paces(second.said), ["busy", "quiet"]);
  // Awake again, it knows no sooner than after a whole second.
  second.watch.before({ call: "rest", rests: false });
  await second.clock.advance(2000);
  assert.deepEqual(paces(second.said).slice(2), ["awake", "some", "quiet"]);

  const alone = watched(0, 1);
  await alone.clock.advance(1000);
  assert.deepEqual(alone.said, []);
});

test("what is carried to a worker beyond what a quiet one gets is said once a second", async () => {
  const { watch, said, clock } = watched(0, 2);
  const carry = (packets: number) => {
    for (let packet = 0; packet < packets; packet += 1) watch.carries(1);
    return said.splice(0).filter(({ news }) => news === "carried-much");
  };
  assert.deepEqual(carry(399), []);
  assert.deepEqual(carry(1000), [{ news: "carried-much", worker: 1 }]);
  await clock.advance(1000);
  assert.deepEqual(carry(399), []);
});
