import type { MppeKeys, TrafficPolicy, TunnelFault, TunnelNetwork, TunnelSpec } from "./data-plane.ts";
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
  | { readonly call: "count-for"; readonly worker: number; readonly counts: boolean }
  | { readonly call: "close" };

/** What it says. A slot stands for one tunnel from `added` to `removed`, while a call ID may have had another before. */
export type LoopNews =
  | { readonly news: "added"; readonly slot: number }
  | { readonly news: "removed"; readonly slot: number }
  | { readonly news: "control"; readonly callId: number; readonly frame: Uint8Array; readonly slot: number }
  | { readonly news: "coherency-lost"; readonly callId: number; readonly slot: number }
  | { readonly news: "broken"; readonly callId: number; readonly reason: TunnelFault; readonly slot: number };

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
      return; // a matter of the guard of the GRE socket, where there is one
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
