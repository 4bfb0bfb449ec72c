import { damaged } from "./damaged.ts";

/** Octets that come in pieces of any size, taken in pieces of the reader's. Holds one piece at a time. */
export class Octets {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  /** How many were taken. */
  at = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** Some octets, `most` at most; none at the end. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return this.#piece;
      this.#piece = next.value;
    }
    const taken = this.#piece.subarray(0, most);
    this.#piece = this.#piece.subarray(taken.length);
    this.at += taken.length;
    return taken;
  }

  /** So many octets. Throws backup-damaged where there are fewer. */
  async exactly(count: number): Promise<Uint8Array> {
    const all = new Uint8Array(count);
    for (let got = 0; got < count; ) {
      const some = await this.some(count - got);
      if (some.length === 0) throw damaged(`it ends after ${this.at} octets, too early`);
      all.set(some, got);
      got += some.length;
    }
    return all;
  }

  /** Gives up what is left. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
