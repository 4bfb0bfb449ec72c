import { type MppeKernel, typescriptKernel } from "../../mppe/kernel.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketPort } from "../../platform/packet-batch.ts";
import { counterMemory } from "../counters.ts";
import type { DataPlane, DataPlaneEvents, ReorderLimits } from "../data-plane.ts";
import { asNews, type LoopCall, type LoopNews, perform } from "../loop/loop-messages.ts";
import { PacketLoop } from "../loop/packet-loop.ts";
import { Front } from "./dispatcher.ts";
import { SLOTS } from "./slot-allocator.ts";
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
  const counters = counterMemory(SLOTS);
  const tell = (news: LoopNews): void => front.hear(news);
  const loop = new PacketLoop({
    ...parts,
    counters,
    events: asNews(tell),
    mppe: parts.mppe ?? typescriptKernel(),
    slots: SLOTS,
  });
  const send = (call: LoopCall): void => perform(loop, call, tell);
  const link = { send, close: async () => send({ call: "close" }) };
  const front: Front = new Front({ links: [link], counters: [counters], queues: ONE_QUEUE, events });
  return front;
}
