import { GRE_OK, GRE_TRUNCATED, GreHeader, readGre } from "../gre/header.ts";
import type { Clock } from "../platform/clock.ts";
import type { PacketBatch } from "../platform/packet-batch.ts";
import type { Millis } from "../wire/units.ts";
import type { CounterWriter } from "./counters.ts";
import type { DropReason, TunnelFault } from "./data-plane.ts";
import { innerLength, sourceOf } from "./inner-packet.ts";
import { GARBAGE_BEFORE_RESET, MAX_GARBAGE_IN_A_ROW, MAX_RESETS_IN_A_ROW, RESET_SPACING } from "./limits.ts";
import type { LoneAcks } from "./lone-acks.ts";
import type { Moment } from "./moment.ts";
import { clampMss } from "./mss-clamp.ts";
import { PppHeader } from "./ppp-header.ts";
import { COMPRESSED, FIRST_CONTROL, IPV4 } from "./protocols.ts";
import { Reordering } from "./reordering.ts";
import type { Tunnel } from "./tunnel.ts";
import type { TunnelTable } from "./tunnel-table.ts";

/** What the loop reports, called in the midst of a batch. `slot` tells apart two tunnels that had the same call ID. */
export interface LoopEvents {
  /** `frame` is a copy, and the receiver's own. */
  control(callId: number, frame: Uint8Array, slot: number): void;
  /** Stateful MPPE has lost its place. */
  coherencyLost(callId: number, slot: number): void;
  broken(callId: number, reason: TunnelFault, slot: number): void;
}

export interface InboundParts {
  readonly table: TunnelTable;
  readonly counters: CounterWriter;
  readonly acks: LoneAcks;
  readonly moment: Moment;
  readonly events: LoopEvents;
  readonly clock: Clock;
  /** How long a GRE packet is held for an earlier one. */
  readonly reorderDelay: Millis;
  /** Sends the first `count` packets of a batch to the TUN now. */
  deliver(batch: PacketBatch, count: number): void;
}

/** From the client: GRE → control frames, or inner packets for the TUN. No allocation for a data packet. */
export class Inbound {
  readonly #parts: InboundParts;
  readonly #gre = new GreHeader();
  readonly #ppp = new PppHeader();
  readonly #reordering: Reordering;
  /** The batch that is being unwrapped, and how many of its first entries describe inner packets for the TUN. */
  #batch: PacketBatch | undefined;
  #kept = 0;
  /** Where the inner packet of the last `#frame` begins. */
  #inner = 0;

  constructor(parts: InboundParts) {
    this.#parts = parts;
    this.#reordering = new Reordering({
      ...parts,
      delay: parts.reorderDelay,
      frame: (tunnel, batch, index, at, end) => this.#put(tunnel, batch, index, at, end),
      flush: () => this.#flush(),
      deliver: parts.deliver,
    });
  }

  /**
   * Handles the first `count` packets of a batch that came from the GRE socket, and delivers inner packets. These stay
   * where they lie: the first entries of `offsets` and `lengths` are written over with theirs.
   */
  unwrap(batch: PacketBatch, count: number): void {
    this.#batch = batch;
    for (let i = 0; i < count; i += 1) this.#packet(batch, i);
    this.#flush();
  }

  /** The tunnel is gone: nothing of it is delivered any more. */
  forget(tunnel: Tunnel): void {
    this.#reordering.forget(tunnel);
  }

  close(): void {
    this.#reordering.close();
  }

  /** Packet `i`: delivered with the others, held until its turn, or dropped. */
  #packet(batch: PacketBatch, i: number): void {
    const { table, counters, acks } = this.#parts;
    const gre = this.#gre;
    const { bytes } = batch;
    const at = batch.offsets[i]!;
    const outcome = readGre(bytes, at, at + batch.lengths[i]!, gre);
    if (outcome !== GRE_OK)
      return void counters.dropped(outcome === GRE_TRUNCATED ? "gre-truncated" : "gre-not-pptp");
    const tunnel = table.byCallId(gre.callId);
    if (tunnel === undefined) return void counters.dropped("gre-unknown-call");
    if (tunnel.peer !== (batch.peers[i]! | 0)) return void counters.dropped("gre-wrong-peer");
    if (gre.payloadLength === 0) return; // an acknowledgement: there is no flow control that needs it
    const { sequence, payloadOffset: from } = gre;
    const end = from + gre.payloadLength;
    // Before MPPE: a late packet must never reach the cipher (RFC 3078 §4 would use its key twice).
    const turn = tunnel.window.accept(sequence, tunnel.decryptor !== undefined);
    if (turn !== "next" && !this.#reordering.admits(tunnel, turn, sequence, bytes, from, end)) return;
    acks.owe(tunnel);
    this.#kept += this.#put(tunnel, batch, this.#kept, from, end);
    if (tunnel.window.held > 0) this.#reordering.release(tunnel);
  }

  /** Handles a PPP frame. Returns 1 where it is for the TUN, as entry `index` of the batch; else 0. */
  #put(tunnel: Tunnel, batch: PacketBatch, index: number, at: number, end: number): 0 | 1 {
    const length = this.#frame(tunnel, batch.bytes, at, end);
    if (length === 0) return 0;
    batch.offsets[index] = this.#inner;
    batch.lengths[index] = length;
    return 1;
  }

  #flush(): void {
    const kept = this.#kept;
    this.#kept = 0;
    if (kept > 0) this.#parts.deliver(this.#batch!, kept);
  }

  /** Octets of the inner packet at `#inner`; 0 where there is none for the TUN. */
  #frame(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): number {
    const ppp = this.#ppp;
    if (!ppp.read(bytes, at, end)) return this.#drop(tunnel, "ppp-malformed");
    if (ppp.protocol === COMPRESSED) return this.#sealed(tunnel, bytes, ppp.information, end);
    if (ppp.protocol >= FIRST_CONTROL) return this.#control(tunnel, bytes, at, end);
    if (tunnel.decryptor !== undefined || tunnel.network?.encryptionRequired === true) {
      return this.#drop(tunnel, "clear-text");
    }
    if (ppp.protocol !== IPV4) return this.#control(tunnel, bytes, at, end); // for a Protocol-Reject
    return this.#data(tunnel, bytes, ppp.information, end);
  }

  #sealed(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): number {
    if (tunnel.decryptor === undefined) return this.#drop(tunnel, "mppe-not-ready");
    switch (tunnel.decryptor.open(bytes, at, end)) {
      case "ok":
        if (tunnel.resets > 0) tunnel.resets = 0;
        break;
      case "late":
        return this.#drop(tunnel, "mppe-late");
      case "jump":
        return this.#drop(tunnel, "mppe-jump");
      case "desynchronised":
        this.#break(tunnel);
        return this.#drop(tunnel, "mppe-jump");
      case "unsynchronised":
        this.#askForReset(tunnel);
        return this.#drop(tunnel, "mppe-unsynchronised");
      case "not-encrypted":
      case "not-stateless":
      case "truncated":
        return this.#garbage(tunnel);
    }
    if (!this.#ppp.readProtocol(bytes, at + 2, end) || this.#ppp.protocol !== IPV4)
      return this.#garbage(tunnel);
    return this.#data(tunnel, bytes, this.#ppp.information, end);
  }

  #data(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): number {
    if (tunnel.network === undefined) return this.#drop(tunnel, "network-not-open");
    const length = innerLength(bytes, at, end);
    if (length === 0) return this.#drop(tunnel, "inner-malformed");
    tunnel.garbage = 0;
    if (sourceOf(bytes, at) !== tunnel.address) return this.#drop(tunnel, "inner-wrong-source");
    const refused = tunnel.traffic?.refusesFromClient(bytes, at, at + length, this.#parts.moment.now);
    if (refused !== undefined) return this.#drop(tunnel, refused);
    clampMss(bytes, at, at + length, tunnel.mss);
    this.#parts.counters.received(tunnel.slot, length, this.#parts.moment.epoch);
    this.#inner = at;
    return length;
  }

  #control(tunnel: Tunnel, bytes: Uint8Array, at: number, end: number): 0 {
    if (!tunnel.control.take(this.#parts.moment.now)) return this.#drop(tunnel, "control-flood");
    this.#parts.events.control(tunnel.callId, bytes.slice(at, end), tunnel.slot);
    return 0;
  }

  /** Never answered: a Protocol-Reject would send back octets that an attacker may have chosen. */
  #garbage(tunnel: Tunnel): 0 {
    tunnel.garbage += 1;
    if (tunnel.garbage > MAX_GARBAGE_IN_A_ROW) this.#break(tunnel);
    if (tunnel.garbage % GARBAGE_BEFORE_RESET === 0) tunnel.decryptor?.distrust();
    return this.#drop(tunnel, "mppe-garbage");
  }

  /** Stateful MPPE has lost its place. Says so at once, then again while it lasts; a client that floods is not heard. */
  #askForReset(tunnel: Tunnel): void {
    const { now } = this.#parts.moment;
    if (tunnel.resets > 0 && now < tunnel.resetAt + RESET_SPACING) return;
    if (!tunnel.control.take(now)) return;
    tunnel.resets += 1;
    tunnel.resetAt = now;
    if (tunnel.resets > MAX_RESETS_IN_A_ROW) this.#break(tunnel);
    else this.#parts.events.coherencyLost(tunnel.callId, tunnel.slot);
  }

  #break(tunnel: Tunnel): void {
    if (tunnel.broken) return;
    tunnel.broken = true;
    this.#parts.events.broken(tunnel.callId, "mppe-desynchronised", tunnel.slot);
  }

  #drop(tunnel: Tunnel, reason: DropReason): 0 {
    return this.#parts.counters.droppedOf(tunnel.slot, reason);
  }
}
