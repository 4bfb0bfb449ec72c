import type { Ipv4 } from "../../wire/ipv4.ts";
import type { MppeKeys, TrafficPolicy, TunnelFault, TunnelNetwork, TunnelSpec } from "../data-plane.ts";
import type { PacketLoop } from "./packet-loop.ts";

/** What the main thread asks of the packet loop; performed in the order sent. */
export type LoopCall =
  | { readonly call: "add"; readonly spec: TunnelSpec; readonly slot: number }
  | { readonly call: "send"; readonly callId: number; readonly frame: Uint8Array }
  | { readonly call: "keys"; readonly callId: number; readonly keys: MppeKeys }
  | { readonly call: "flush"; readonly callId: number }
  | { readonly call: "shut"; readonly callId: number }
  | { readonly call: "traffic"; readonly callId: number; readonly policy: TrafficPolicy }
  | { readonly call: "open"; readonly callId: number; readonly network: TunnelNetwork }
  | { readonly call: "remove"; readonly callId: number; readonly slot: number }
  | { readonly call: "close" }
  | GuardCall;

/** What it asks of the guard of the loop's GRE socket, where there is one. */
export type GuardCall =
  /** Whether strangers' packets for that worker, which has no tunnel, are counted here. */
  | { readonly call: "count-for"; readonly worker: number; readonly counts: boolean }
  /**
   * Packets of these calls of that worker, which is going to rest, are to be let in and carried to it; said
   * back as `carrying`.
   */
  | { readonly call: "carry"; readonly worker: number; readonly calls: readonly CarriedCall[] }
  | { readonly call: "carry-no-more"; readonly worker: number }
  /** Whether it shall rest, although it has tunnels. That it no longer does is said back as `awake`. */
  | { readonly call: "rest"; readonly rests: boolean };

export interface CarriedCall {
  readonly callId: number;
  readonly peer: Ipv4;
}

/** How much comes from a loop's clients. */
export type Pace = "quiet" | "some" | "busy";

/**
 * What it says. A slot stands for one tunnel from `added` to `removed`, while a call ID may have had another
 * before.
 */
export type LoopNews =
  | { readonly news: "added"; readonly slot: number }
  | { readonly news: "removed"; readonly slot: number }
  | { readonly news: "control"; readonly callId: number; readonly frame: Uint8Array; readonly slot: number }
  | { readonly news: "coherency-lost"; readonly callId: number; readonly slot: number }
  | { readonly news: "broken"; readonly callId: number; readonly reason: TunnelFault; readonly slot: number }
  | GuardNews;

/** What the guards say. */
export type GuardNews =
  /** When it changes, and of the first loop every second while it is busy. */
  | { readonly news: "pace"; readonly worker: number; readonly pace: Pace }
  /** Packets for that worker arrive here from now on: it may rest. */
  | { readonly news: "carrying"; readonly worker: number }
  /** More is carried to that worker than a quiet one gets. */
  | { readonly news: "carried-much"; readonly worker: number }
  /** Packets arrive at that worker itself again. */
  | { readonly news: "awake"; readonly worker: number };

/** Performs one call, and tells what is to be told of it. */
export function perform(loop: PacketLoop, call: LoopCall, tell: (news: LoopNews) => void): void {
  switch (call.call) {
    case "add":
      loop.addTunnel(call.spec, call.slot);
      tell({ news: "added", slot: call.slot });
      return;
    case "send":
      loop.sendControl(call.callId, call.frame);
      return;
    case "keys":
      loop.setKeys(call.callId, call.keys);
      return;
    case "flush":
      loop.flushEncryption(call.callId);
      return;
    case "shut":
      loop.closeNetwork(call.callId);
      return;
    case "traffic":
      loop.setTrafficPolicy(call.callId, call.policy);
      return;
    case "open":
      loop.openNetwork(call.callId, call.network);
      return;
    case "remove":
      loop.remove(call.callId);
      tell({ news: "removed", slot: call.slot });
      return;
    case "count-for":
    case "carry":
    case "carry-no-more":
    case "rest":
      return; // for the guard
    case "close":
      loop.close();
      return;
    default:
      call satisfies never;
  }
}

/** The events of a loop, as news. */
export const asNews = (tell: (news: LoopNews) => void) => ({
  control: (callId: number, frame: Uint8Array, slot: number) =>
    tell({ news: "control", callId, frame, slot }),
  coherencyLost: (callId: number, slot: number) => tell({ news: "coherency-lost", callId, slot }),
  broken: (callId: number, reason: TunnelFault, slot: number) =>
    tell({ news: "broken", callId, reason, slot }),
});
