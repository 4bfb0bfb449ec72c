import type { PacketKind } from "../captured.ts";
import type { Unread } from "../unread.ts";

/** What is found above the link layer. */
export interface NetworkSink {
  /**
   * An IP packet, with whatever padding follows it. `damaged`: the radio marked the frame as badly received.
   * Gives what it is to be counted as.
   */
  ip(bytes: Uint8Array, from: number, to: number, damaged: boolean): PacketKind;
  /** For frames of several packets, whose link layer gives the kind of the last one only. */
  count(kind: PacketKind): void;
  /** Packets may be inside that nobody reads here. `number` says more, where `what` has one. Gives `kind`. */
  unread(what: Unread, kind: PacketKind, number?: number): PacketKind;
}
