import { innerLength, signed } from "../../server/data-plane/inner-packet.ts";
import { clampMss } from "../../server/data-plane/mss-clamp.ts";
import { PppHeader } from "../../server/data-plane/ppp-header.ts";
import { GRE_OK, GreHeader, readGre } from "../../server/gre/header.ts";
import type { ReceiveWindow } from "../../server/gre/receive-window.ts";
import { Decryptor } from "../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../server/mppe/direction.ts";
import type { PacketBatch } from "../../server/platform/packet-batch.ts";
import { PROTOCOL } from "../../server/ppp/protocols.ts";
import type { OpenNetwork, TunnelCounters, TunnelEvents, TunnelSpec } from "./tunnel-types.ts";

/** Below this stand network-layer protocols: data. */
const FIRST_CONTROL = 0x4000;

/** GRE → control frames, or inner packets for the TUN. No allocation for a data packet. */
export class FromServer {
  readonly #callId: number;
  readonly #peer: number;
  readonly #window: ReceiveWindow;
  readonly #counters: TunnelCounters;
  readonly #events: TunnelEvents;
  readonly #gre = new GreHeader();
  readonly #ppp = new PppHeader();
  #decryptor: Decryptor | undefined;
  #network: OpenNetwork | undefined;
  #mss = 0;
  #broken = false;
  /** Where the inner packet that was found last begins. */
  #inner = 0;

  constructor(spec: TunnelSpec, window: ReceiveWindow, counters: TunnelCounters, events: TunnelEvents) {
    this.#callId = spec.callId;
    this.#peer = signed(spec.peer);
    this.#window = window;
    this.#counters = counters;
    this.#events = events;
  }

  arm(direction: MppeDirection): void {
    this.#decryptor = new Decryptor(direction);
  }

  open(network: OpenNetwork, mss: number): void {
    this.#network = network;
    this.#mss = mss;
  }

  /** The first entries of the batch describe inner packets afterwards; returns how many. */
  unwrap(batch: PacketBatch, count: number): number {
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const length = this.#packet(batch, i);
      if (length === 0) continue;
      batch.offsets[kept] = this.#inner;
      batch.lengths[kept] = length;
      kept += 1;
    }
    return kept;
  }

  /** Octets of the inner packet at `#inner`; 0 where there is none. */
  #packet(batch: PacketBatch, i: number): number {
    const gre = this.#gre;
    const { bytes } = batch;
    const at = batch.offsets[i]!;
    // Other tunnels of this host come by here as well: none of our business, and not counted.
    if (readGre(bytes, at, at + batch.lengths[i]!, gre) !== GRE_OK || gre.callId !== this.#callId) return 0;
    if ((batch.peers[i]! | 0) !== this.#peer) return 0;
    this.#counters.gre += 1;
    if (gre.payloadLength === 0) return 0; // an acknowledgement: there is no flow control that needs it
    if (!this.#inOrder(gre.sequence)) return this.#drop();
    return this.#frame(bytes, gre.payloadOffset, gre.payloadOffset + gre.payloadLength);
  }

  /** A packet that comes early is taken, and those that it overtook are dropped: MPPE bears a loss, no disorder. */
  #inOrder(sequence: number): boolean {
    const turn = this.#window.accept(sequence, true);
    if (turn === "next") return true;
    if (turn !== "beyond" && turn !== "confirms") return false;
    this.#window.skip(sequence);
    return this.#window.accept(sequence, true) === "next";
  }

  #frame(bytes: Uint8Array, at: number, end: number): number {
    const ppp = this.#ppp;
    if (!ppp.read(bytes, at, end)) return this.#drop();
    if (ppp.protocol === PROTOCOL.compressed) return this.#sealed(bytes, ppp.information, end);
    if (ppp.protocol >= FIRST_CONTROL) {
      this.#events.control(bytes.slice(at, end));
      return 0;
    }
    const clear = ppp.protocol === PROTOCOL.ip && this.#network?.encrypted === false;
    return clear ? this.#data(bytes, ppp.information, end) : this.#drop();
  }

  #sealed(bytes: Uint8Array, at: number, end: number): number {
    const opened = this.#decryptor?.open(bytes, at, end);
    if (opened === "desynchronised" && !this.#broken) {
      this.#broken = true;
      this.#events.broken();
    }
    if (opened !== "ok" || !this.#ppp.readProtocol(bytes, at + 2, end)) return this.#drop();
    return this.#ppp.protocol === PROTOCOL.ip ? this.#data(bytes, this.#ppp.information, end) : this.#drop();
  }

  /** Any source is right: behind the server lies a network. */
  #data(bytes: Uint8Array, at: number, end: number): number {
    const length = this.#network === undefined ? 0 : innerLength(bytes, at, end);
    if (length === 0) return this.#drop();
    clampMss(bytes, at, at + length, this.#mss);
    this.#counters.rxPackets += 1;
    this.#counters.rxBytes += length;
    this.#inner = at;
    return length;
  }

  #drop(): 0 {
    this.#counters.dropped += 1;
    return 0;
  }
}
