import { ahead } from "../wire/sequence.ts";

/** Ours: so many numbers that were given up last are remembered, in case they still come. A power of two. */
export const REMEMBERED = 256;

/**
 * What the sequence numbers of one peer tell of the way from it: what never came, what came out of order or
 * twice. `ReceiveWindow` decides about packets, this counts. Nothing is touched for a packet in its turn but
 * `packets`. No clock.
 */
export class Arrivals {
  /** GRE packets with a number, however often one came. */
  packets = 0;
  /** Came after a later one, and in time to be put in order. */
  reordered = 0;
  /** Came after they had been given up: lost for PPP, not for the network. */
  late = 0;
  /** Came once more. */
  duplicates = 0;
  #gaveUp = 0;
  /** The numbers given up last that have not come, by place; made when a packet is missing. */
  #missing: Int32Array | undefined;
  #filled: Uint8Array | undefined;
  #next = 0;
  #ahead = 0;

  /** Numbers that were given up and never came. */
  get lost(): number {
    return Math.max(0, this.#gaveUp - this.late);
  }

  /** A packet is held for an earlier one; `first`: nothing else is. */
  held(sequence: number, first: boolean): void {
    if (first || ahead(sequence, this.#ahead) > 0) this.#ahead = sequence;
    else this.reordered += 1;
  }

  /** Numbers `from` up to, not including, `to` are waited for no longer. */
  gaveUp(from: number, to: number): void {
    const count = ahead(to, from);
    if (count <= 0) return;
    this.#gaveUp += count;
    this.#missing ??= new Int32Array(REMEMBERED);
    this.#filled ??= new Uint8Array(REMEMBERED);
    for (let back = Math.min(count, REMEMBERED); back > 0; back -= 1) {
      this.#missing[this.#next] = to - back;
      this.#filled[this.#next] = 1;
      this.#next = (this.#next + 1) & (REMEMBERED - 1);
    }
  }

  /** What was given up from this number on was given up wrongly: a forged packet had made it look so. */
  takeBack(from: number, count: number): void {
    this.#gaveUp = Math.max(0, this.#gaveUp - count);
    for (let at = 0; this.#missing !== undefined && at < REMEMBERED; at += 1)
      if (ahead(this.#missing[at]!, from) >= 0) this.#filled![at] = 0;
  }

  /** A packet came whose number is behind: given up before, or here already. */
  behind(sequence: number): void {
    const at = this.#placeOf(sequence);
    if (at < 0) {
      this.duplicates += 1;
      return;
    }
    this.#filled![at] = 0;
    this.late += 1;
  }

  #placeOf(sequence: number): number {
    if (this.#missing === undefined) return -1;
    for (
      let at = this.#missing.indexOf(sequence | 0);
      at >= 0;
      at = this.#missing.indexOf(sequence | 0, at + 1)
    )
      if (this.#filled![at] === 1) return at;
    return -1;
  }
}
