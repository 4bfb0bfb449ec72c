/** Takes bits from octets, the most significant first. Past the end it gives zeros and is `exhausted`. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bits not yet taken; never negative. */
  get left(): number {
    return Math.max(0, 8 * this.#bytes.length - this.#at);
  }

  /** Were more bits taken than there are? */
  get exhausted(): boolean {
    return this.#at > 8 * this.#bytes.length;
  }

  /** The octet that the next bit is in. */
  get octet(): number {
    return this.#at >> 3;
  }

  /** The next `count` bits, 0 to 31, as an unsigned number. */
  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      const octet = this.#bytes[this.#at >> 3] ?? 0;
      value = (value << 1) | ((octet >> (7 - (this.#at & 7))) & 1);
      this.#at++;
    }
    return value;
  }
}
