import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Slot } from "../counters.ts";
import type {
  MppeKeys,
  ReorderLimits,
  TrafficPolicy,
  TunnelFault,
  TunnelNetwork,
  TunnelSpec,
} from "../data-plane.ts";
import type { PacketLoop } from "./packet-loop.ts";

/** What the main thread asks of a packet loop; performed in the order sent. */
export type LoopCommand =
  | { readonly type: "add-tunnel"; readonly spec: TunnelSpec; readonly slot: Slot }
  | { readonly type: "send-control"; readonly callId: CallId; readonly frame: Uint8Array }
  | { readonly type: "set-keys"; readonly callId: CallId; readonly keys: MppeKeys }
  | { readonly type: "flush-encryption"; readonly callId: CallId }
  | { readonly type: "open-network"; readonly callId: CallId; readonly network: TunnelNetwork }
  | { readonly type: "close-network"; readonly callId: CallId }
  | { readonly type: "set-traffic-policy"; readonly callId: CallId; readonly policy: TrafficPolicy }
  | { readonly type: "remove-tunnel"; readonly callId: CallId; readonly slot: Slot }
  | { readonly type: "set-reorder"; readonly limits: ReorderLimits }
  | { readonly type: "close" }
  | GuardCommand;

/** What it asks of the guard of the loop's GRE socket, where there is one. */
export type GuardCommand =
  /** Whether packets for unknown calls of that worker, which has no tunnel, are counted here. */
  | { readonly type: "count-for"; readonly worker: number; readonly counts: boolean }
  /**
   * Packets of these calls of that worker, which is going to pause, are to be let in and forwarded to it;
   * reported as `forwarding`.
   */
  | { readonly type: "start-forwarding"; readonly worker: number; readonly calls: readonly ForwardedCall[] }
  | { readonly type: "stop-forwarding"; readonly worker: number }
  /** Whether the socket pauses although the loop has tunnels. That it has ended is reported as `resumed`. */
  | { readonly type: "pause"; readonly paused: boolean }
  /** Whether GRE is ours is decided by these addresses of this host from now on, none meaning all. */
  | { readonly type: "listen-on"; readonly addresses: readonly Ipv4[] };

export interface ForwardedCall {
  readonly callId: CallId;
  readonly peer: Ipv4;
}

/** How much comes from a loop's clients. */
export type Load = "quiet" | "moderate" | "busy";

/**
 * What a loop reports. A slot stands for one tunnel from `added` to `removed`, while a call ID may have had
 * another before.
 */
export type LoopReport =
  | { readonly type: "added"; readonly slot: Slot }
  | { readonly type: "removed"; readonly slot: Slot }
  | { readonly type: "control"; readonly callId: CallId; readonly frame: Uint8Array; readonly slot: Slot }
  | { readonly type: "coherency-lost"; readonly callId: CallId; readonly slot: Slot }
  | { readonly type: "broken"; readonly callId: CallId; readonly reason: TunnelFault; readonly slot: Slot }
  | GuardReport;

/** What the guards report. */
export type GuardReport =
  /** When it changes, and of the first loop every second while it is busy. */
  | { readonly type: "load"; readonly worker: number; readonly load: Load }
  /** Packets for that worker arrive here from now on: it may pause. */
  | { readonly type: "forwarding"; readonly worker: number }
  /** More is forwarded to that worker than a quiet one gets. */
  | { readonly type: "forwarding-limit"; readonly worker: number }
  /** Packets arrive at that worker itself again. */
  | { readonly type: "resumed"; readonly worker: number };

/** Performs one command, and reports what is to be reported of it. Those for the guard do nothing here. */
export function perform(loop: PacketLoop, command: LoopCommand, report: (report: LoopReport) => void): void {
  switch (command.type) {
    case "add-tunnel":
      loop.addTunnel(command.spec, command.slot);
      report({ type: "added", slot: command.slot });
      return;
    case "send-control":
      loop.sendControl(command.callId, command.frame);
      return;
    case "set-keys":
      loop.setKeys(command.callId, command.keys);
      return;
    case "flush-encryption":
      loop.flushEncryption(command.callId);
      return;
    case "open-network":
      loop.openNetwork(command.callId, command.network);
      return;
    case "close-network":
      loop.closeNetwork(command.callId);
      return;
    case "set-traffic-policy":
      loop.setTrafficPolicy(command.callId, command.policy);
      return;
    case "remove-tunnel":
      loop.remove(command.callId);
      report({ type: "removed", slot: command.slot });
      return;
    case "set-reorder":
      loop.setReorder(command.limits);
      return;
    case "listen-on":
    case "count-for":
    case "start-forwarding":
    case "stop-forwarding":
    case "pause":
      return;
    case "close":
      loop.close();
      return;
    default:
      command satisfies never;
  }
}

/** The events of a loop, as reports. */
export const asReports = (report: (report: LoopReport) => void) => ({
  control: (callId: CallId, frame: Uint8Array, slot: Slot) =>
    report({ type: "control", callId, frame, slot }),
  coherencyLost: (callId: CallId, slot: Slot) => report({ type: "coherency-lost", callId, slot }),
  broken: (callId: CallId, reason: TunnelFault, slot: Slot) =>
    report({ type: "broken", callId, reason, slot }),
});
