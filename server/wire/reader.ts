import { type Decoded, type DecodeFault, decoded, fault } from "./decoded.ts";

const NOTHING = new Uint8Array(0);

/**
 * A big-endian cursor over hostile octets. It never throws: the first field that does not fit leaves a fault,
 * and from then on every read gives 0 or no octets, `remaining` is 0 (so loops end), and `done` answers with
 * the fault. A codec therefore reads all its fields and asks once.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  #position: number;
  #end: number;
  #fault: Decoded<never> | undefined;

  /**
   * Reads `bytes` from octet `from` up to, not including, `to`. Offsets of faults count from the start of
   * `bytes`.
   */
  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#end = Math.max(0, Math.min(to, bytes.length));
    this.#position = Math.max(0, Math.min(from, this.#end));
  }

  /** Offset of the next octet in the bytes that were handed in. */
  get position(): number {
    return this.#position;
  }

  /** Octets left; 0 after a fault. */
  get remaining(): number {
    return this.#end - this.#position;
  }

  /** Has a field not fitted? */
  get faulted(): boolean {
    return this.#fault !== undefined;
  }

  u8(): number {
    const at = this.#take(1);
    return at < 0 ? 0 : this.#bytes[at]!;
  }

  u16(): number {
    const at = this.#take(2);
    return at < 0 ? 0 : (this.#bytes[at]! << 8) | this.#bytes[at + 1]!;
  }

  u32(): number {
    const at = this.#take(4);
    if (at < 0) return 0;
    const b = this.#bytes;
    return ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0;
  }

  /** The next `count` octets as a view: copy what outlives the input. */
  octets(count: number): Uint8Array {
    const at = this.#take(count);
    return at < 0 ? NOTHING : this.#bytes.subarray(at, at + count);
  }

  /** What is left, as a view. */
  rest(): Uint8Array {
    return this.octets(this.remaining);
  }

  skip(count: number): void {
    this.#take(count);
  }

  /**
   * A reader of the next `count` octets alone; this one moves past them. Faults of the inner one stay there.
   */
  sub(count: number): Reader {
    const at = this.#take(count);
    return at < 0 ? new Reader(NOTHING) : new Reader(this.#bytes, at, at + count);
  }

  /** Leaves a fault, at this position unless `at` says where. An earlier fault stands. */
  fail(code: DecodeFault, at = this.#position): void {
    this.#fault ??= fault(code, at);
    this.#end = this.#position;
  }

  /** The value, or the first fault. What is left over is not minded. */
  done<T>(value: T): Decoded<T> {
    return this.#fault ?? decoded(value);
  }

  /** The value, or the first fault; octets left over are the fault `bad-length`. */
  end<T>(value: T): Decoded<T> {
    if (this.remaining > 0) this.fail("bad-length");
    return this.done(value);
  }

  /** Moves past `count` octets and returns where they start; -1 after a fault. */
  #take(count: number): number {
    if (this.#fault !== undefined) return -1;
    if (count > this.remaining || count < 0) {
      this.fail(count < 0 ? "bad-length" : "truncated");
      return -1;
    }
    const at = this.#position;
    this.#position = at + count;
    return at;
  }
}
