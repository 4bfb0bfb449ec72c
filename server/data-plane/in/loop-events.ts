import type { PacketBatch } from "../../platform/packet-batch.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Slot } from "../counters.ts";
import type { TunnelFault } from "../data-plane.ts";

/**
 * What the loop reports, called in the midst of a batch. `slot` distinguishes two tunnels that had the same
 * call ID one after the other.
 */
export interface LoopEvents {
  /** `frame` is a copy, and the receiver's own. */
  control(callId: CallId, frame: Uint8Array, slot: Slot): void;
  /** Stateful MPPE has lost its place. */
  coherencyLost(callId: CallId, slot: Slot): void;
  broken(callId: CallId, reason: TunnelFault, slot: Slot): void;
}

/**
 * Forwards the i-th packet of a batch, which is of a call that this loop does not have: true where another
 * loop has it and gets the packet. Called in the midst of a batch.
 */
export type Forward = (callId: CallId, batch: PacketBatch, i: number) => boolean;
