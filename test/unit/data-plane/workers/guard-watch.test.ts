import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterWriter, counterMemory } from "../../../../server/data-plane/counters.ts";
import type { GuardReport } from "../../../../server/data-plane/loop/loop-messages.ts";
import { GuardWatch } from "../../../../server/data-plane/workers/guard-watch.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { SPEC } from "../../../support/data-plane/bench.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";
import { VirtualGuard } from "../../../support/data-plane/virtual-guard.ts";
import { WorkersBench } from "../../../support/data-plane/workers-bench.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";

const { peerAddress: PEER, localAddress: LOCAL } = SPEC;

test("a call is admitted with its tunnel, for its peer, and dismissed with it", () => {
  const { plane, guards } = new WorkersBench();
  void plane.addTunnel(SPEC);
  plane.closeNetwork(SPEC.callId);
  plane.remove(SPEC.callId);
  assert.deepEqual(guards[0]!.done, [`admit ${SPEC.callId} ${PEER}`, `dismiss ${SPEC.callId}`]);
});

test("a guard pauses for as long as its loop has no tunnel; the first loop's never does, and counts for others", () => {
  const bench = new WorkersBench(4);
  const { done } = bench.guards[2]!;
  assert.deepEqual(done.splice(0), ["pause"]);
  for (const callId of [2, 6]) void bench.add(callId);
  // Nobody misses a packet: the call is admitted before the guard resumes.
  assert.deepEqual(done.splice(0), [`admit 2 ${PEER}`, "resume", `admit 6 ${PEER}`]);
  for (const callId of [2, 6]) bench.plane.remove(toCallId(callId));
  assert.deepEqual(done, ["dismiss 2", "dismiss 6", "pause"]);

  const first = new WorkersBench(3);
  void first.add(2);
  assert.deepEqual(first.guards[0]!.done, ["count for 1: true", "count for 2: true", "count for 2: false"]);
});

test("what the kernel keeps away is counted within a second, beside what the loop drops", async () => {
  const { clock, plane, guards } = new WorkersBench();
  const [guard] = guards;
  const counted = () => {
    const drops = plane.drops();
    return [drops["gre-unknown-call"], drops["gre-wrong-peer"], drops["gre-not-pptp"]];
  };
  guard!.deliver(greData(9, 0, bytes`ff03 c021`), PEER, LOCAL);
  Object.assign(guard!.kept, { unknownCall: 5, wrongPeer: 2, notPptp: 1 });
  await clock.advance(1000);
  assert.deepEqual(counted(), [6, 2, 1]);
  void plane.addTunnel(SPEC);
  guard!.deliver(greData(SPEC.callId, 0, bytes`ff03 c021`), LOCAL, LOCAL);
  guard!.kept.unknownCall = 9;
  await clock.advance(1000);
  assert.deepEqual(counted(), [10, 3, 1]);
});

test("a loop that is closed asks no more", async () => {
  const { clock, plane } = new WorkersBench();
  await clock.advance(3000);
  assert.equal(clock.pending(), 1);
  await plane.close();
  assert.equal(clock.pending(), 0);
});

/** Of three workers the second has calls 1 and 4, and has paused beside the busy first one. */
async function paused() {
  const bench = new WorkersBench(3, { delayed: true });
  for (const callId of [0, 1, 4]) void bench.add(callId);
  await bench.settle();
  const [first, second] = bench.guards.map(({ done }) => done);
  for (const { done } of bench.guards) done.length = 0;
  bench.guards[0]!.arrived += 20_000;
  await bench.clock.advance(1000);
  await bench.settle();
  assert.deepEqual(second!.splice(0), ["pause"]);
  return { bench, first: first!, second: second! };
}

test("calls of a worker that is going to pause are let in, and no longer when it has resumed", async () => {
  const { bench, first, second } = await paused();
  assert.deepEqual(first.splice(0), [`admit 1 ${PEER}`, `admit 4 ${PEER}`, "count for 1: true"]);
  void bench.add(7);
  await bench.settle();
  assert.deepEqual(second.splice(0), ["resume", `admit 7 ${PEER}`]);
  // Counted no more before they are dismissed: they are no unknown calls.
  assert.deepEqual(first, ["count for 1: false", "dismiss 1", "dismiss 4"]);
});

test("a worker whose tunnels all go while it has paused stays so, and the first counts for it", async () => {
  const { bench, first, second } = await paused();
  first.length = 0;
  for (const callId of [1, 4]) bench.plane.remove(toCallId(callId));
  await bench.settle();
  assert.deepEqual(first, ["count for 1: true", "count for 1: true", "dismiss 1", "dismiss 4"]);
  assert.deepEqual(second, ["dismiss 1", "dismiss 4"]);
});

/** A watch alone, and what it reports. */
function watched(worker: number, of: number) {
  const clock = new VirtualClock();
  const guard = new VirtualGuard(worker, of);
  const said: GuardReport[] = [];
  const watch = new GuardWatch({
    guard,
    clock,
    counters: new CounterWriter(counterMemory(1)),
    worker,
    of,
    report: (report) => void said.push(report),
  });
  return { clock, guard, watch, said };
}

test("how much comes is said when it changes, and again every second where the first loop is busy", async () => {
  const first = watched(0, 2);
  for (const packets of [0, 20_000, 20_000, 201]) {
    first.guard.arrived += packets;
    await first.clock.advance(1000);
  }
  const loads = (said: readonly GuardReport[]) =>
    said.map((report) => ("load" in report ? report.load : report.type));
  assert.deepEqual(loads(first.said), ["quiet", "busy", "busy", "moderate"]);

  const second = watched(1, 2);
  for (const packets of [20_000, 20_000, 200, 0]) {
    second.guard.arrived += packets;
    await second.clock.advance(1000);
  }
  assert.deepEqual(loads(second.said), ["busy", "quiet"]);
  // When it has resumed, it knows no sooner than after a whole second.
  second.watch.before({ type: "pause", paused: false });
  await second.clock.advance(2000);
  assert.deepEqual(loads(second.said).slice(2), ["resumed", "moderate", "quiet"]);

  const alone = watched(0, 1);
  await alone.clock.advance(1000);
  assert.deepEqual(alone.said, []);
});

test("what is forwarded to a worker beyond what a quiet one gets is said once a second", async () => {
  const { watch, said, clock } = watched(0, 2);
  const forward = (packets: number) => {
    for (let packet = 0; packet < packets; packet += 1) watch.forwarded(1);
    return said.splice(0).filter(({ type }) => type === "forwarding-limit");
  };
  assert.deepEqual(forward(399), []);
  assert.deepEqual(forward(1000), [{ type: "forwarding-limit", worker: 1 }]);
  await clock.advance(1000);
  assert.deepEqual(forward(399), []);
});
