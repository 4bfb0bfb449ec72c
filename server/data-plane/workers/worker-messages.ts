import type { MessagePort } from "node:worker_threads";
import type { ErrorCode } from "../../errors/register.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { CounterMemory } from "../counters.ts";
import type { ReorderLimits } from "../data-plane.ts";
import type { LoopCommand, LoopReport } from "../loop/loop-messages.ts";

/** Whose MPPE: the addon's kernels, or the reference in TypeScript. */
export type MppeChoice = "native" | "typescript";

/** What a worker is started with. */
export interface WorkerData {
  /** Name of the TUN interface, which is there. */
  readonly interface: string;
  /** Call IDs that leave `worker` when they are divided by `of` are this worker's. */
  readonly worker: number;
  readonly of: number;
  /** Addresses of ours whose GRE is ours; none: all. */
  readonly locals: readonly Ipv4[];
  readonly counters: CounterMemory;
  readonly reorder: ReorderLimits;
  readonly mppe: MppeChoice;
  /**
   * By worker the port for packets that are forwarded to it (`ForwardedPacket`): the first has one to each of
   * the others, these have one to the first, where none is sent.
   */
  readonly forwardPorts: readonly (MessagePort | undefined)[];
}

/**
 * To the worker: first "start", when it is its turn to open its ports, then commands for its loop. "close"
 * may come at any time; "answer" is asked of a worker to see whether it still does something.
 */
export type ToWorker = LoopCommand | { readonly type: "start" } | { readonly type: "answer" };

/** From the worker: first "opened" or "refused", then the reports of each turn of its loop, in order. */
export type FromWorker =
  | { readonly at: "opened" | "answering" }
  | { readonly at: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly at: "turn"; readonly reports: readonly LoopReport[] };
