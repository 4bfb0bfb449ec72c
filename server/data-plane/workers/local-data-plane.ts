import { type MppeKernel, typescriptKernel } from "../../mppe/kernel.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketPort } from "../../platform/packet-batch.ts";
import { counterMemory } from "../counters.ts";
import type { DataPlane, DataPlaneEvents, ReorderLimits } from "../data-plane.ts";
import { MAX_TUNNELS } from "../limits.ts";
import { asReports, type LoopCommand, type LoopReport, perform } from "../loop/loop-messages.ts";
import { PacketLoop } from "../loop/packet-loop.ts";
import { Dispatcher } from "./dispatcher.ts";
import { ONE_QUEUE } from "./steering.ts";

export interface LocalDataPlaneParts {
  readonly gre: PacketPort;
  readonly tun: PacketPort;
  readonly clock: Clock;
  readonly reorder: ReorderLimits;
  /** Undefined: the one in TypeScript. */
  readonly mppe?: MppeKernel | undefined;
}

/**
 * A data plane in this thread: the packet loop of the worker, with ports and a clock that a simulation hands
 * in. Events come while a port is read, never from within a call.
 */
export function localDataPlane(
  parts: LocalDataPlaneParts,
  events: Omit<DataPlaneEvents, "crashed">,
): DataPlane {
  const counters = counterMemory(MAX_TUNNELS);
  const report = (one: LoopReport): void => dispatcher.handle(one);
  const loop = new PacketLoop({
    ...parts,
    counters,
    events: asReports(report),
    mppe: parts.mppe ?? typescriptKernel(),
    slots: MAX_TUNNELS,
  });
  const send = (command: LoopCommand): void => perform(loop, command, report);
  const link = { send, close: async () => send({ type: "close" }) };
  const dispatcher: Dispatcher = new Dispatcher({
    links: [link],
    counters: [counters],
    queues: ONE_QUEUE,
    events,
  });
  return dispatcher;
}
