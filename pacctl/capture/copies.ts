import { COPY_SLOTS, COPY_TIME, COPY_TIME_WITHOUT_ID } from "./limits.ts";

/** The prime and the start of FNV-1a, here over three octets at a time. */
const PRIME = 0x01000193;
const START = 0x811c9dc5;

/** Goes on with `sum` over octets `from` up to, not including, `to`. */
export function digest(bytes: Uint8Array, from: number, to: number, sum = START): number {
  let value = sum;
  let at = from;
  for (; at + 3 < to; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    value = Math.imul(value ^ word, PRIME);
    value ^= value >>> 15;
  }
  for (; at < to; at += 1) value = Math.imul(value ^ bytes[at]!, PRIME);
  return value;
}

/**
 * Packets of ours that were just seen, to tell a second capture of the same packet, mostly on another
 * interface. It keeps digests: two different packets of one length and identification look the same once in
 * 2^32 times.
 */
export class Copies {
  readonly #digests = new Int32Array(COPY_SLOTS);
  readonly #lengths = new Int32Array(COPY_SLOTS);
  readonly #ids = new Float64Array(COPY_SLOTS);
  readonly #times = new Float64Array(COPY_SLOTS).fill(Number.NEGATIVE_INFINITY);
  readonly #frames = new Float64Array(COPY_SLOTS);

  /**
   * The frame that had the same packet shortly before `at`; remembers this one where there is none. `id` is
   * the identification in the IP header, 0 or less where there is none.
   */
  seen(sum: number, length: number, id: number, at: number, frame: number): number | undefined {
    const slot = (sum ^ (sum >>> 16)) & (COPY_SLOTS - 1);
    const within = id > 0 ? COPY_TIME : COPY_TIME_WITHOUT_ID;
    const same = this.#digests[slot] === sum && this.#lengths[slot] === length && this.#ids[slot] === id;
    if (same && Math.abs(at - this.#times[slot]!) < within) return this.#frames[slot];
    this.#digests[slot] = sum;
    this.#lengths[slot] = length;
    this.#ids[slot] = id;
    this.#times[slot] = at;
    this.#frames[slot] = frame;
    return undefined;
  }
}
