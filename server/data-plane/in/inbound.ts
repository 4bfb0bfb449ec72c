import { GRE_OK, GRE_TRUNCATED, GreHeader, readGre } from "../../gre/header.ts";
import type { KernelQueue } from "../../mppe/kernel-queue.ts";
import type { Clock } from "../../platform/clock.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import { PppHeader } from "../../ppp/ppp-header.ts";
import { FIRST_CONTROL, PROTOCOL } from "../../ppp/protocols.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Millis } from "../../wire/units.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { DropReason } from "../data-plane.ts";
import type { DelayedAcks } from "../out/delayed-acks.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";
import type { TunnelTable } from "../tunnel/tunnel-table.ts";
import { EncryptedInbound } from "./encrypted-inbound.ts";
import { FrameBuffer } from "./frame-buffer.ts";
import { InnerInbound } from "./inner-inbound.ts";
import type { Forward, LoopEvents } from "./loop-events.ts";
import { Reordering } from "./reordering.ts";

export interface InboundParts {
  readonly table: TunnelTable;
  readonly counters: CounterWriter;
  readonly acks: DelayedAcks;
  readonly time: BatchClock;
  readonly events: LoopEvents;
  readonly clock: Clock;
  readonly mppe: KernelQueue;
  /** How long a GRE packet is held for an earlier one. */
  readonly reorderDelay: Millis;
  /** Undefined: there are no other loops. */
  readonly forward: Forward | undefined;
  /** Sends the first `count` packets of a batch to the TUN now. */
  deliver(batch: PacketBatch, count: number): void;
}

/** From the client: GRE → control frames, or inner packets for the TUN. No allocation for a data packet. */
export class Inbound {
  readonly #parts: InboundParts;
  readonly #gre = new GreHeader();
  readonly #ppp = new PppHeader();
  readonly #reordering: Reordering;
  readonly #encrypted: EncryptedInbound;
  readonly #inner: InnerInbound;
  /** The batch that is being unwrapped. */
  #batch: PacketBatch | undefined;

  constructor(parts: InboundParts) {
    this.#parts = parts;
    const buffer = new FrameBuffer();
    this.#inner = new InnerInbound({ ...parts, garbage: (tunnel) => this.#encrypted.garbage(tunnel) });
    this.#encrypted = new EncryptedInbound({ ...parts, buffer, inner: this.#inner });
    this.#reordering = new Reordering({
      ...parts,
      buffer,
      delay: parts.reorderDelay,
      begin: (batch) => this.#inner.begin(batch),
      frame: (tunnel, bytes, at, end) => this.#frame(tunnel, bytes, at, end),
      finish: () => this.#resume(),
      settle: () => this.#inner.finish(),
    });
  }

  /**
   * Handles the first `count` packets of a batch that came from the GRE socket, and delivers inner packets.
   * These stay where they lie: the first entries of `offsets` and `lengths` are written over with theirs.
   */
  unwrap(batch: PacketBatch, count: number): void {
    this.#batch = batch;
    this.#inner.begin(batch);
    for (let i = 0; i < count; i += 1) this.#packet(batch, i);
    this.#batch = undefined;
    this.#inner.finish();
  }

  /** GRE packets are held for an earlier one for so long from here on. */
  setDelay(delay: Millis): void {
    this.#reordering.setDelay(delay);
  }

  /** From here on so many packets of a tunnel are held at most. What is held of it now goes on. */
  setReach(tunnel: Tunnel, reach: number): void {
    this.#reordering.flush(tunnel);
    tunnel.window.setReach(reach);
  }

  /** The tunnel is removed: nothing of it is delivered any more. */
  forget(tunnel: Tunnel): void {
    this.#reordering.forget(tunnel);
    this.#encrypted.forget(tunnel);
  }

  close(): void {
    this.#reordering.close();
    this.#encrypted.close();
  }

  /** Packets that were held are delivered; on with those of the batch, where one is being unwrapped. */
  #resume(): void {
    this.#inner.finish();
    if (this.#batch !== undefined) this.#inner.begin(this.#batch);
  }

  /** Packet `i`: handled, held for an earlier one, or dropped. */
  #packet(batch: PacketBatch, i: number): void {
    const { table, counters, acks, time } = this.#parts;
    const gre = this.#gre;
    const { bytes } = batch;
    const at = batch.offsets[i]!;
    const outcome = readGre(bytes, at, at + batch.lengths[i]!, gre);
    if (outcome !== GRE_OK)
      return void counters.dropped(outcome === GRE_TRUNCATED ? "gre-truncated" : "gre-not-pptp");
    // The key is the receiver's ID (RFC 2637 §4.1): ours.
    const callId = gre.callId as CallId;
    const tunnel = table.byCallId(callId);
    if (tunnel === undefined) {
      if (this.#parts.forward?.(callId, batch, i) !== true) counters.dropped("gre-unknown-call");
      return;
    }
    // Another server on this host, at another address, may have the same client and the same call ID.
    if (tunnel.local !== (batch.locals[i]! | 0)) return void counters.dropped("gre-wrong-peer");
    const peer = batch.peers[i]!;
    if (tunnel.peer !== (peer | 0)) return void counters.fromElsewhere(tunnel.slot, peer);
    if (!tunnel.heard) {
      tunnel.heard = true;
      counters.heard(tunnel.slot);
    }
    const alone = gre.payloadLength === 0;
    if (gre.hasAcknowledgement && tunnel.roundTrips.acknowledged(gre.acknowledgement, alone, time.now))
      counters.roundTrips(tunnel.slot, tunnel.roundTrips, time.epoch);
    if (alone) return; // an acknowledgement: there is no flow control that needs it
    tunnel.arrivals.packets += 1;
    const { sequence, payloadOffset: from } = gre;
    const end = from + gre.payloadLength;
    // Before MPPE: a late packet must never reach the cipher (RFC 3078 §4 would use its key twice).
    const turn = tunnel.window.accept(sequence, tunnel.decryptor !== undefined);
    if (turn !== "next" && !this.#reordering.admits(tunnel, turn, sequence, bytes, from, end)) return;
    acks.owe(tunnel);
    this.#frame(tunnel, bytes, from, end);
    if (tunnel.window.held === 0) return;
    tunnel.arrivals.reordered += 1;
    this.#reordering.release(tunnel);
  }

  #frame(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void {
    const ppp = this.#ppp;
    if (!ppp.read(bytes, at, end)) return void this.#drop(tunnel, "ppp-malformed");
    if (ppp.protocol === PROTOCOL.compressed)
      return void this.#encrypted.frame(tunnel, bytes, ppp.information, end);
    if (ppp.protocol >= FIRST_CONTROL) return void this.#control(tunnel, bytes, at, end);
    if (tunnel.decryptor !== undefined || tunnel.network?.encryptionRequired === true) {
      return void this.#drop(tunnel, "clear-text");
    }
    if (ppp.protocol !== PROTOCOL.ip) return void this.#control(tunnel, bytes, at, end); // for a Protocol-Reject
    this.#inner.data(tunnel, ppp.information, end);
  }

  /** The listener may change or end any tunnel, so what came before is delivered first. */
  #control(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): void {
    if (!tunnel.control.take(this.#parts.time.now)) return void this.#drop(tunnel, "control-flood");
    this.#inner.finish();
    this.#parts.events.control(tunnel.callId, bytes.slice(at, end), tunnel.slot);
  }

  #drop(tunnel: Tunnel, reason: DropReason): void {
    this.#parts.counters.droppedOf(tunnel.slot, reason);
  }
}
