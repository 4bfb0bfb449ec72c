/**
 * Writes big-endian fields into memory that grows as needed. A value that does not fit its field is our bug
 * and throws RangeError; it never comes from the wire, since what a decoder returned fits.
 */
export class Writer {
  #bytes: Uint8Array;
  #length = 0;

  /** `capacity` octets are set aside; more are found when they are needed. */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Octets written so far: the offset of the next one. */
  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1, value, 0xff); // first: it may replace #bytes
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.#grow(2, value, 0xffff);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  u32(value: number): this {
    const at = this.#grow(4, value, 0xffffffff);
    this.#bytes[at] = value >>> 24;
    this.#bytes[at + 1] = value >>> 16;
    this.#bytes[at + 2] = value >>> 8;
    this.#bytes[at + 3] = value;
    return this;
  }

  octets(value: Uint8Array): this {
    const at = this.#grow(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  zeros(count: number): this {
    this.#grow(count);
    return this;
  }

  /** Writes `value` into a field of `size` octets, zeros behind it. Throws RangeError when it is longer. */
  padded(value: Uint8Array, size: number): this {
    if (value.length > size) throw new RangeError(`${value.length} octets do not fit a field of ${size}`);
    return this.octets(value).zeros(size - value.length);
  }

  /** Overwrites two octets written earlier: a length that is known only now. */
  patchU16(at: number, value: number): this {
    if (at < 0 || at + 2 > this.#length) throw new RangeError(`no field at octet ${at}`);
    check(value, 0xffff);
    this.#bytes[at] = value >>> 8;
    this.#bytes[at + 1] = value;
    return this;
  }

  /** What was written, as a copy of exactly that length. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** Makes room for `count` zero octets and returns where they start. */
  #grow(count: number, value = 0, max = 0): number {
    check(value, max);
    const at = this.#length;
    const end = at + count;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#length = end;
    return at;
  }
}

function check(value: number, max: number): void {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${value} does not fit a field of 0 to ${max}`);
  }
}
