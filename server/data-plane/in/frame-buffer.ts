import { NOT_HELD } from "../../gre/receive-window.ts";
import { PacketBatch } from "../../platform/packet-batch.ts";
import { BUFFERED_FRAMES, PACKET_SLOT } from "../limits.ts";

/**
 * Memory for PPP frames that came before their turn. Shared by all tunnels, allocated once, never extended.
 */
export class FrameBuffer {
  /** The frames; its `offsets` and `lengths` are free for those on their way to the TUN. */
  readonly batch = new PacketBatch(BUFFERED_FRAMES, PACKET_SLOT);
  /** When the frame at each place came, as of `BatchClock.now`. */
  readonly since = new Float64Array(BUFFERED_FRAMES);
  readonly #lengths = new Uint16Array(BUFFERED_FRAMES);
  readonly #free = Uint16Array.from({ length: BUFFERED_FRAMES }, (_, place) => place);
  #left = BUFFERED_FRAMES;

  /** Places that are free. */
  get left(): number {
    return this.#left;
  }

  /**
   * Copies `bytes[at..end)` and returns its place; NOT_HELD where no place is left. At most PACKET_SLOT
   * octets.
   */
  store(bytes: Uint8Array, at: number, end: number, now: number): number {
    if (this.#left === 0) return NOT_HELD;
    this.#left -= 1;
    const place = this.#free[this.#left]!;
    this.batch.bytes.set(bytes.subarray(at, end), this.start(place));
    this.#lengths[place] = end - at;
    this.since[place] = now;
    return place;
  }

  start(place: number): number {
    return place * PACKET_SLOT;
  }

  end(place: number): number {
    return place * PACKET_SLOT + this.#lengths[place]!;
  }

  /** The place is free for another frame; its octets stay until one is stored there. */
  free(place: number): void {
    this.#free[this.#left] = place;
    this.#left += 1;
  }
}
