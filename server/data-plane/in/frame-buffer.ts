import { NOT_HELD } from "../../gre/receive-window.ts";
import { PacketBatch } from "../../platform/packet-batch.ts";
import { HELD_PACKETS, SLOT } from "../limits.ts";

/** Memory for PPP frames that came before their turn: shared by all tunnels, made once, and never more. */
export class HeldPackets {
  /** The frames; its `offsets` and `lengths` are free for those on their way to the TUN. */
  readonly batch = new PacketBatch(HELD_PACKETS, SLOT);
  /** When the frame at each place came, as of `Moment.now`. */
  readonly since = new Float64Array(HELD_PACKETS);
  readonly #lengths = new Uint16Array(HELD_PACKETS);
  readonly #free = Uint16Array.from({ length: HELD_PACKETS }, (_, place) => place);
  #left = HELD_PACKETS;

  /** Places that are free. */
  get left(): number {
    return this.#left;
  }

  /** Copies `bytes[at..end)` and returns its place; NOT_HELD where no place is left. At most SLOT octets. */
  hold(bytes: Uint8Array, at: number, end: number, now: number): number {
    if (this.#left === 0) return NOT_HELD;
    this.#left -= 1;
    const place = this.#free[this.#left]!;
    this.batch.bytes.set(bytes.subarray(at, end), this.start(place));
    this.#lengths[place] = end - at;
    this.since[place] = now;
    return place;
  }

  start(place: number): number {
    return place * SLOT;
  }

  end(place: number): number {
    return place * SLOT + this.#lengths[place]!;
  }

  /** The place is for others; its octets stay until they come. */
  free(place: number): void {
    this.#free[this.#left] = place;
    this.#left += 1;
  }
}
