import assert from "node:assert/strict";
import { test } from "node:test";
import { BUSY_FROM, MAX_FORWARDED, QUIET_TO } from "../../../../server/data-plane/limits.ts";
import type { LoopCommand } from "../../../../server/data-plane/loop/loop-messages.ts";
import { IdleWorkers } from "../../../../server/data-plane/workers/idle-workers.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { SPEC } from "../../../support/data-plane/bench.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";
import { WorkersBench } from "../../../support/data-plane/workers-bench.ts";

const ADMITTED = `admit 3 ${SPEC.peerAddress}`;

/** So many packets have come to each worker, and a second is over. */
async function second(bench: WorkersBench, ...packets: readonly number[]): Promise<void> {
  for (const [worker, count] of packets.entries()) bench.guards[worker]!.arrived += count;
  await bench.clock.advance(1000);
}

/** Two workers with a tunnel each, of which the first is busy and the second quiet: as it has just said. */
async function quietBesideBusy(): Promise<WorkersBench> {
  const bench = new WorkersBench(2, { delayed: true });
  bench.sharing(2, 3);
  await bench.settle();
  for (const { done } of bench.guards) done.length = 0;
  await second(bench, BUSY_FROM, 0);
  bench.report();
  return bench;
}

test("a quiet worker beside a busy one pauses, once the busy one forwards for it", async () => {
  const bench = await quietBesideBusy();
  const [first, quiet] = bench.guards.map(({ done }) => done);
  bench.perform();
  assert.deepEqual([first!.splice(0), quiet], [[ADMITTED, "count for 1: true"], []]);
  await second(bench, BUSY_FROM, 0);
  bench.report();
  bench.perform();
  assert.deepEqual(first, [], "asked once");
  assert.deepEqual(quiet, ["pause"]);
});

/** Packets for the quiet worker's tunnel. */
function forItsTunnel(bench: WorkersBench, packets: number): void {
  for (let n = 0; n < packets; n += 1)
    bench.deliver(greData(3, n, new Uint8Array()), SPEC.peerAddress, SPEC.localAddress);
}

for (const [why, stir, ...when] of [
  [
    "more is forwarded than a quiet one gets",
    async (bench) => {
      forItsTunnel(bench, MAX_FORWARDED);
      await bench.clock.advance(0);
    },
    "has paused",
  ],
  ["the first is no longer busy", (bench) => second(bench, BUSY_FROM - 1)],
  ["it gets another tunnel", async (bench) => void bench.add(5)],
  ["it loses its last tunnel", async (bench) => void bench.plane.remove(toCallId(3))],
] as readonly (readonly [string, (bench: WorkersBench) => Promise<void>, "has paused"?])[]) {
  for (const state of ["has paused", "is about to"].slice(0, when.length === 0 ? 2 : 1))
    test(`a worker that ${state} goes on when ${why}`, async () => {
      const bench = await quietBesideBusy();
      const [first, quiet] = bench.guards.map(({ done }) => done);
      const asleep = state === "has paused";
      if (asleep) {
        bench.perform();
        bench.report();
        bench.perform();
        assert.deepEqual(quiet!.splice(0), ["pause"]);
      }
      first!.length = 0;
      await stir(bench);
      bench.report();
      bench.perform();
      const without = why.endsWith("last tunnel");
      assert.equal(quiet!.includes("resume"), asleep && !without);
      assert.equal(quiet!.includes("pause"), !asleep && without, "paused without a tunnel");
      // Before a new tunnel is confirmed.
      if (why.endsWith("another tunnel")) assert.equal(quiet!.at(-1), `admit 5 ${SPEC.peerAddress}`);
      // The first goes on forwarding until packets arrive at the other again, and neither pauses meanwhile.
      await second(bench, BUSY_FROM, QUIET_TO + 1);
      assert.ok(!first!.includes("dismiss 3"));
      bench.report();
      bench.perform();
      assert.equal(quiet!.filter((what) => what === "pause").length, !asleep && without ? 1 : 0);
      assert.deepEqual(first!.slice(-2), [`count for 1: ${without}`, "dismiss 3"]);
    });
}

test("a worker that has resumed is quiet again no sooner than after a whole second", async () => {
  const bench = await quietBesideBusy();
  await bench.settle();
  assert.ok(bench.guards[1]!.paused);
  void bench.add(5);
  await bench.settle();
  assert.ok(!bench.guards[1]!.paused);
  for (const paused of [false, true]) {
    await second(bench, BUSY_FROM, 0);
    await bench.settle();
    assert.equal(bench.guards[1]!.paused, paused);
  }
});

test("what comes for a worker that has paused is forwarded to it", async () => {
  const bench = await quietBesideBusy();
  await bench.settle();
  forItsTunnel(bench, 1);
  await bench.settle();
  assert.equal(bench.plane.counters(toCallId(3)).heard, true);
});

test("a worker without tunnels, a busy one, and the only one have nobody forward for them", async () => {
  const idle = new WorkersBench(2);
  idle.sharing(2);
  idle.guards[0]!.done.length = 0;
  await second(idle, BUSY_FROM, 0);
  assert.deepEqual(idle.guards[0]!.done, []);

  const busy = new WorkersBench(2);
  busy.sharing(2, 3);
  busy.guards[0]!.done.length = 0;
  await second(busy, BUSY_FROM, BUSY_FROM);
  assert.deepEqual(busy.guards[0]!.done, []);

  const alone = new WorkersBench(1);
  alone.sharing(2);
  alone.guards[0]!.done.length = 0;
  await second(alone, BUSY_FROM);
  assert.deepEqual(alone.guards[0]!.done, []);
});

test("a worker that is about to pause goes on when more is forwarded than a quiet one gets", () => {
  const sent: string[] = [];
  const idle = new IdleWorkers({
    loops: 2,
    send: (loop, command: LoopCommand) =>
      void sent.push(`${loop} ${command.type}${command.type === "pause" ? ` ${command.paused}` : ""}`),
    callsOf: () => [{ callId: toCallId(3), peer: SPEC.peerAddress }],
  });
  idle.handle({ type: "load", worker: 1, load: "quiet" });
  idle.handle({ type: "load", worker: 0, load: "busy" });
  assert.deepEqual(sent.splice(0), ["0 start-forwarding"]);
  idle.handle({ type: "forwarding-limit", worker: 1 });
  assert.deepEqual(sent.splice(0), ["1 pause false"]);
  // What was under way when it was told to go on changes nothing.
  idle.handle({ type: "forwarding", worker: 1 });
  idle.handle({ type: "load", worker: 0, load: "busy" });
  assert.deepEqual(sent, []);
  idle.handle({ type: "resumed", worker: 1 });
  assert.deepEqual(sent, ["0 stop-forwarding"]);
});
