import type { PacketBatch } from "../../platform/packet-batch.ts";
import type { TunnelFault } from "../data-plane.ts";

/**
 * What the loop reports, called in the midst of a batch. `slot` tells apart two tunnels that had the same
 * call ID.
 */
export interface LoopEvents {
  /** `frame` is a copy, and the receiver's own. */
  control(callId: number, frame: Uint8Array, slot: number): void;
  /** Stateful MPPE has lost its place. */
  coherencyLost(callId: number, slot: number): void;
  broken(callId: number, reason: TunnelFault, slot: number): void;
}

/**
 * A packet of a call that the loop does not have, the i-th of a batch: true where it is another loop's, and
 * has been taken there. Called in the midst of a batch.
 */
export type Carry = (callId: number, batch: PacketBatch, i: number) => boolean;
