import type { Guard } from "../../../server/data-plane/workers/guard-watch.ts";
import type { OverflowingPort } from "../../../server/data-plane/workers/overflow-watch.ts";
import type { PacketBatch } from "../../../server/platform/packet-batch.ts";
import { VirtualPort } from "../virtual-port.ts";

/** A guarded GRE socket of one worker, with what the kernel would let in. */
export class VirtualGuard extends VirtualPort implements Guard, OverflowingPort {
  /** What was asked of the guard, in order. */
  readonly done: string[] = [];
  /** Packets that count as arrived, beside those that were delivered. */
  arrived = 0;
  /** Packets that the socket had no room for. */
  lost = 0;
  paused = false;
  readonly kept = { unknownCall: 0, wrongPeer: 0, notPptp: 0 };
  readonly #worker: number;
  readonly #of: number;
  readonly #peers = new Map<number, number>();
  readonly #countsFor = new Set<number>();

  constructor(worker: number, of: number) {
    super();
    this.#worker = worker;
    this.#of = of;
  }

  /** Does the socket get this packet from `peer`? Counts it where it is one that nobody gets. */
  letsIn(packet: Uint8Array, peer: number): boolean {
    const callId = (packet[6]! << 8) | packet[7]!;
    const owner = callId % this.#of;
    if (this.paused || (owner !== this.#worker && !this.#countsFor.has(owner))) return false;
    const admitted = this.#peers.get(callId);
    if (admitted === peer) return true;
    this.kept[admitted === undefined ? "unknownCall" : "wrongPeer"] += 1;
    return false;
  }

  override receive(batch: PacketBatch, headroom: number): number {
    const count = super.receive(batch, headroom);
    this.arrived += count;
    return count;
  }

  admit(callId: number, peer: number): void {
    this.#peers.set(callId, peer);
    this.done.push(`admit ${callId} ${peer}`);
  }

  dismiss(callId: number): void {
    this.#peers.delete(callId);
    this.done.push(`dismiss ${callId}`);
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.done.push(paused ? "pause" : "resume");
  }

  listenOn(addresses: readonly number[]): void {
    this.done.push(`listen on ${addresses.join(" ") || "all"}`);
  }

  countFor(worker: number, counts: boolean): void {
    if (counts) this.#countsFor.add(worker);
    else this.#countsFor.delete(worker);
    this.done.push(`count for ${worker}: ${counts}`);
  }

  refused() {
    return { ...this.kept };
  }

  received(): number {
    return this.arrived;
  }

  overflowed(): number {
    return this.lost;
  }
}
