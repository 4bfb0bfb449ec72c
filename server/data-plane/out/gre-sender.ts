import { GreHeader, greHeaderLength, writeGre } from "../../gre/header.ts";
import type { PacketBatch } from "../../platform/packet-batch.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import type { Tunnel } from "../tunnel/tunnel.ts";

/** Turns PPP frames into GRE packets where they lie, for a batch that goes to the GRE socket. */
export class GreSender {
  readonly #header = new GreHeader();
  readonly #time: BatchClock;
  readonly #counters: CounterWriter;

  constructor(time: BatchClock, counters: CounterWriter) {
    this.#time = time;
    this.#counters = counters;
  }

  /**
   * Makes packet `index` of the frame in `batch.bytes[from..end)`: the header of the next data packet goes in
   * front of it, where MAX_GRE_HEADER octets are free.
   */
  data(batch: PacketBatch, index: number, tunnel: Tunnel, from: number, end: number): void {
    tunnel.transmit.data(this.#header, end - from);
    if (tunnel.roundTrips.sent(this.#header.sequence, this.#time.now))
      this.#counters.roundTrips(tunnel.slot, tunnel.roundTrips, 0);
    this.#put(batch, index, tunnel, from - this.#length(), end);
  }

  /** Makes packet `index` of an acknowledgement alone, at the start of its slot; false where none is owed. */
  acknowledgement(batch: PacketBatch, index: number, tunnel: Tunnel): boolean {
    if (!tunnel.transmit.acknowledgement(this.#header)) return false;
    const at = index * batch.slot;
    this.#put(batch, index, tunnel, at, at + this.#length());
    return true;
  }

  #length(): number {
    return greHeaderLength(this.#header.hasSequence, this.#header.hasAcknowledgement);
  }

  #put(batch: PacketBatch, index: number, tunnel: Tunnel, at: number, end: number): void {
    writeGre(batch.bytes, at, this.#header);
    batch.offsets[index] = at;
    batch.lengths[index] = end - at;
    batch.peers[index] = tunnel.peerAddress;
    batch.locals[index] = tunnel.localAddress;
  }
}
