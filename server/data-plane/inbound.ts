import { GRE_OK, GRE_TRUNCATED, GreHeader, readGre } from "../gre/header.ts";
import type { PacketBatch } from "../platform/packet-batch.ts";
import type { CounterWriter } from "./counters.ts";
import type { DropReason, TunnelFault } from "./data-plane.ts";
import { innerLength, sourceOf } from "./inner-packet.ts";
import { MAX_GARBAGE_IN_A_ROW } from "./limits.ts";
import type { LoneAcks } from "./lone-acks.ts";
import type { Moment } from "./moment.ts";
import { clampMss } from "./mss-clamp.ts";
import { PppHeader } from "./ppp-header.ts";
import { COMPRESSED, FIRST_CONTROL, IPV4 } from "./protocols.ts";
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
}

/** From the client: GRE → control frames, or inner packets for the TUN. No allocation for a data packet. */
export class Inbound {
  readonly #parts: InboundParts;
  readonly #gre = new GreHeader();
  readonly #ppp = new PppHeader();
  /** Where the inner packet of the last `#packet` begins. */
  #inner = 0;

  constructor(parts: InboundParts) {
    this.#parts = parts;
  }

  /**
   * Handles the first `count` packets of a batch that came from the GRE socket. Inner packets stay where they lie: the
   * first entries of `offsets` and `lengths` then describe those that go to the TUN. Returns how many these are.
   */
  unwrap(batch: PacketBatch, count: number): number {
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const at = batch.offsets[i]!;
      const length = this.#packet(batch.bytes, at, at + batch.lengths[i]!, batch.peers[i]! | 0);
      if (length === 0) continue;
      batch.offsets[kept] = this.#inner;
      batch.lengths[kept] = length;
      kept += 1;
    }
    return kept;
  }

  /** Octets of the inner packet at `#inner`; 0 where there is none for the TUN. */
  #packet(bytes: Uint8Array, at: number, end: number, peer: number): number {
    const { table, counters, acks } = this.#parts;
    const gre = this.#gre;
    const outcome = readGre(bytes, at, end, gre);
    if (outcome !== GRE_OK)
      return counters.dropped(outcome === GRE_TRUNCATED ? "gre-truncated" : "gre-not-pptp");
    const tunnel = table.byCallId(gre.callId);
    if (tunnel === undefined) return counters.dropped("gre-unknown-call");
    if (tunnel.peer !== peer) return counters.dropped("gre-wrong-peer");
    if (gre.payloadLength === 0) return 0; // an acknowledgement: there is no flow control that needs it
    // Before MPPE: a late packet must never reach the cipher (RFC 3078 §4 would use its key twice).
    if (tunnel.window.accept(gre.sequence) !== "accepted") return this.#drop(tunnel, "gre-duplicate-or-late");
    acks.owe(tunnel);
    return this.#frame(tunnel, bytes, gre.payloadOffset, gre.payloadOffset + gre.payloadLength);
  }

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
        break;
      case "late":
        return this.#drop(tunnel, "mppe-late");
      case "jump":
        return this.#drop(tunnel, "mppe-jump");
      case "desynchronised":
        this.#break(tunnel);
        return this.#drop(tunnel, "mppe-jump");
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
    return this.#drop(tunnel, "mppe-garbage");
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
