import { innerLength, sourceOf } from "../../ip/inner-packet.ts";
import { clampMss } from "../../ip/mss-clamp.ts";
import type { KernelQueue } from "../../mppe/kernel-queue.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import { PppHeader } from "../../ppp/ppp-header.ts";
import { PROTOCOL } from "../../ppp/protocols.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { DropReason } from "../data-plane.ts";
import { isActivityFromClient } from "../tunnel/link-activity.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { TunnelTable } from "../tunnel/tunnel-table.ts";
import { DecryptQueue } from "./decrypt-queue.ts";

export interface InnerInboundParts {
  readonly table: TunnelTable;
  readonly counters: CounterWriter;
  readonly time: BatchClock;
  readonly mppe: KernelQueue;
  /** What was decrypted makes no sense. */
  garbage(tunnel: Tunnel): void;
  /** Sends the first `count` packets of a batch to the TUN now. */
  deliver(batch: PacketBatch, count: number): void;
}

/**
 * The second half of the way from the client: PPP data → inner packets, checked one by one, for the TUN.
 * What comes encrypted waits for the kernel, so that many packets go through it at once. No allocation for a
 * packet.
 */
export class InnerInbound {
  readonly #parts: InnerInboundParts;
  readonly #ppp = new PppHeader();
  readonly #queue = new DecryptQueue();
  /** The batch in which everything under way lies. */
  #batch: PacketBatch | undefined;
  /** Inner packets at the front of that batch. */
  #kept = 0;

  constructor(parts: InnerInboundParts) {
    this.#parts = parts;
  }

  /** What follows lies in this batch; what was under way is delivered. */
  begin(batch: PacketBatch): void {
    this.finish();
    this.#batch = batch;
  }

  /** A frame that was given to the kernel's queue: from its inner protocol field on. */
  queued(tunnel: Tunnel, at: number, end: number): void {
    if (this.#queue.isFull) this.finish();
    this.#queue.add(tunnel, at, end);
  }

  /** A frame that is decrypted already: from its inner protocol field on. */
  opened(tunnel: Tunnel, at: number, end: number): void {
    const ppp = this.#ppp;
    if (ppp.readProtocol(this.#batch!.bytes, at, end) && ppp.protocol === PROTOCOL.ip) {
      this.data(tunnel, ppp.information, end);
    } else this.#parts.garbage(tunnel);
  }

  /** What should be an inner packet. */
  data(tunnel: Tunnel, at: number, end: number): void {
    const { counters, time } = this.#parts;
    const { bytes, offsets, lengths } = this.#batch!;
    const length = innerLength(bytes, at, end);
    if (length > 0 && tunnel.decryptor !== undefined) tunnel.prove();
    if (tunnel.network === undefined) return void this.#drop(tunnel, "network-not-open");
    if (length === 0) return void this.#drop(tunnel, "inner-malformed");
    tunnel.garbage = 0;
    if (!tunnel.anySource && sourceOf(bytes, at) !== tunnel.address) {
      return void this.#drop(tunnel, "inner-wrong-source");
    }
    const refused = tunnel.traffic?.refusesFromClient(bytes, at, at + length, time.now);
    if (refused !== undefined) return void this.#drop(tunnel, refused);
    clampMss(bytes, at, at + length, tunnel.mss);
    counters.received(tunnel.slot, length);
    if (tunnel.activeAt !== time.epoch && isActivityFromClient(bytes, at, at + length)) {
      tunnel.activeAt = time.epoch;
      counters.active(tunnel.slot, time.epoch);
    }
    // Never beyond the packet that is being looked at: each of them gives one inner packet at the most.
    offsets[this.#kept] = at;
    lengths[this.#kept] = length;
    this.#kept += 1;
  }

  /** Everything under way is decrypted, checked and delivered. */
  finish(): void {
    this.#parts.mppe.run();
    this.#queue.empty(this.#look);
    const kept = this.#kept;
    this.#kept = 0;
    if (kept > 0) this.#parts.deliver(this.#batch!, kept);
  }

  /**
   * The tunnel may have been removed since the frame was queued: an earlier frame may have ended the call.
   */
  readonly #look = (tunnel: Tunnel, at: number, end: number): void => {
    if (this.#parts.table.byCallId(tunnel.callId) === tunnel) this.opened(tunnel, at, end);
  };

  #drop(tunnel: Tunnel, reason: DropReason): void {
    this.#parts.counters.droppedOf(tunnel.slot, reason);
  }
}
