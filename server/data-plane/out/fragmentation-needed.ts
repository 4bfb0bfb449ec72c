import { MAX_ERROR, mayAnswer, writeFragmentationNeeded } from "../../ip/icmp.ts";
import { PacketBatch, type PacketPort } from "../../platform/packet-batch.ts";
import { TokenBucket } from "../../wire/token-bucket.ts";
import type { BatchClock } from "../batch-clock.ts";
import type { CounterWriter } from "../counters.ts";
import { ICMP_BURST, ICMP_PER_SECOND } from "../limits.ts";

/** Tells the sender of an inner packet that it is too big for the client, at a bounded rate. */
export class FragmentationNeeded {
  readonly #tun: PacketPort;
  readonly #time: BatchClock;
  readonly #counters: CounterWriter;
  readonly #rate = new TokenBucket(ICMP_BURST, ICMP_PER_SECOND);
  readonly #batch = new PacketBatch(1, MAX_ERROR);

  constructor(tun: PacketPort, time: BatchClock, counters: CounterWriter) {
    this.#tun = tun;
    this.#time = time;
    this.#counters = counters;
  }

  /**
   * Answers the packet `bytes[at..end)` for the client at `address` with the MTU that fits. The answer comes
   * from the client's address: one from our own is a martian source to the kernel that reads it from the TUN,
   * and discarded.
   */
  answer(bytes: Uint8Array, at: number, end: number, address: number, mtu: number): void {
    if (!mayAnswer(bytes, at, end) || !this.#rate.take(this.#time.now)) return;
    this.#batch.offsets[0] = 0;
    this.#batch.lengths[0] = writeFragmentationNeeded(this.#batch.bytes, bytes, at, end, address, mtu);
    this.#counters.dropped("tun-queue-full", 1 - this.#tun.send(this.#batch, 1));
  }
}
