import assert from "node:assert/strict";
import { test } from "node:test";
import { CounterReader, counterMemory, toSlot } from "../../../../server/data-plane/counters.ts";
import type { LoopReport } from "../../../../server/data-plane/loop/loop-messages.ts";
import type { ForwardedPacket } from "../../../../server/data-plane/loop/packet-loop.ts";
import { GuardedLoop } from "../../../../server/data-plane/workers/guarded-loop.ts";
import { typescriptKernel } from "../../../../server/mppe/kernel.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { CLIENT, HOST, REORDER, SPEC } from "../../../support/data-plane/bench.ts";
import { greData } from "../../../support/data-plane/tunnel-client.ts";
import { VirtualGuard } from "../../../support/data-plane/virtual-guard.ts";
import { VirtualClock } from "../../../support/virtual-clock.ts";
import { VirtualPort } from "../../../support/virtual-port.ts";

const FRAME = bytes`ff03 c021 0101 0004`;

/** The first of two workers; `reaches`: it can forward to the other. */
function first(reaches: boolean) {
  const [clock, gre, counters] = [new VirtualClock(), new VirtualGuard(0, 2), counterMemory(2)];
  const reports: LoopReport[] = [];
  const forwarded: [number, ForwardedPacket][] = [];
  const loop = new GuardedLoop({
    worker: 0,
    of: 2,
    gre,
    tun: new VirtualPort(),
    clock,
    counters,
    reorder: REORDER,
    mppe: typescriptKernel(),
    forward(worker, packet) {
      forwarded.push([worker, packet]);
      return reaches;
    },
    report: (report) => reports.push(report),
  });
  const unknown = () => new CounterReader([counters]).drops()["gre-unknown-call"];
  return { loop, clock, gre, reports, forwarded, unknown };
}

test("a tunnel is reported as added once its call is admitted", async () => {
  const { loop, clock, gre, reports } = first(true);
  loop.perform({ type: "add-tunnel", spec: SPEC, slot: toSlot(1) });
  assert.equal(gre.done.at(-1), `admit ${SPEC.callId} ${CLIENT}`);
  loop.receive({ packet: greData(SPEC.callId, 0, FRAME), peer: CLIENT, local: HOST });
  await clock.advance(0);
  const [added, control] = reports;
  assert.deepEqual(added, { type: "added", slot: 1 });
  assert.deepEqual(control, { type: "control", callId: SPEC.callId, frame: FRAME, slot: 1 });
});

test("a packet of another worker's call is forwarded as it came; one of its own, or that cannot be, is unknown", async () => {
  const { loop, clock, gre, forwarded, unknown } = first(true);
  loop.perform({ type: "add-tunnel", spec: SPEC, slot: toSlot(0) });
  const [own, other] = [toCallId(6), toCallId(7)].map((callId) => greData(callId, 0, FRAME));
  gre.deliver(other!, CLIENT, HOST);
  await clock.advance(0);
  assert.deepEqual(forwarded, [[1, { packet: other, peer: CLIENT, local: HOST }]]);
  assert.equal(unknown(), 0);
  gre.deliver(own!, CLIENT, HOST);
  await clock.advance(0);
  assert.deepEqual([forwarded.length, unknown()], [1, 1]);

  const alone = first(false);
  alone.gre.deliver(other!, CLIENT, HOST);
  await alone.clock.advance(0);
  assert.equal(alone.unknown(), 1);
});

test("closing closes both ports and leaves no timer", () => {
  const { loop, clock, gre } = first(true);
  loop.perform({ type: "close" });
  assert.deepEqual([gre.closed, clock.pending()], [true, 0]);
});
