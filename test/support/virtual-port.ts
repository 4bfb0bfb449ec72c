import type { PacketBatch, PacketPort } from "../../server/platform/packet-batch.ts";

/** A packet outside a batch. Addresses matter for GRE only, host order. */
export interface VirtualPacket {
  readonly bytes: Uint8Array;
  readonly peer: number;
  readonly local: number;
}

/**
 * A GRE socket or TUN made of two queues. What a test delivers becomes readable on the next microtask turn,
 * as often as there is something left; what the loop sends stands in `sent`, or goes to `onSend` where that
 * is set.
 */
export class VirtualPort implements PacketPort {
  /** Packets that were sent, oldest first; copies. */
  readonly sent: VirtualPacket[] = [];
  /** Takes a packet instead of `sent`: the other end of a simulated link. */
  onSend: ((packet: VirtualPacket) => void) | undefined;
  /** Packets that the kernel takes from one `send`; the rest is lost. */
  accepts = Number.POSITIVE_INFINITY;
  closed = false;
  readonly #arrived: VirtualPacket[] = [];
  #callback: (() => void) | undefined;
  #scheduled = false;

  /** A packet arrives from outside. */
  deliver(bytes: Uint8Array, peer = 0, local = 0): void {
    this.#arrived.push({ bytes, peer, local });
    this.#schedule();
  }

  receive(batch: PacketBatch, headroom: number): number {
    let count = 0;
    while (count < batch.capacity) {
      const packet = this.#arrived.shift();
      if (packet === undefined) break;
      const at = count * batch.slot + headroom;
      const fits = packet.bytes.subarray(0, batch.slot - headroom);
      batch.bytes.set(fits, at);
      batch.offsets[count] = at;
      batch.lengths[count] = fits.length;
      batch.peers[count] = packet.peer;
      batch.locals[count] = packet.local;
      count += 1;
    }
    return count;
  }

  send(batch: PacketBatch, count: number): number {
    const taken = Math.min(count, this.accepts);
    for (let i = 0; i < taken; i += 1) {
      const at = batch.offsets[i]!;
      const bytes = batch.bytes.slice(at, at + batch.lengths[i]!);
      const packet = { bytes, peer: batch.peers[i]!, local: batch.locals[i]! };
      if (this.onSend === undefined) this.sent.push(packet);
      else this.onSend(packet);
    }
    return taken;
  }

  onReadable(callback: () => void): void {
    this.#callback = callback;
    this.#schedule();
  }

  close(): void {
    this.closed = true;
  }

  /** Removes and returns what was sent so far. */
  take(): VirtualPacket[] {
    return this.sent.splice(0);
  }

  /** Level-triggered, and never inside the call that made it readable: the loop is not entered twice. */
  #schedule(): void {
    if (this.#scheduled || this.#callback === undefined || this.#arrived.length === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.closed) return;
      this.#callback?.();
      this.#schedule();
    });
  }
}
