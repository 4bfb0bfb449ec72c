/** The absolute time that everything in a file is told from. */
export interface FileStart {
  /** In nanoseconds of the Unix epoch; undefined until the first packet. */
  startedAt: bigint | undefined;
}

const NANO = 1_000_000_000n;

/** Bit of if_tsresol that makes it a power of two. */
const BINARY = 0x80;

/** if_tsresol where an interface does not say: microseconds. */
export const MICROSECONDS = 6;

const WORD = 2 ** 32;

/**
 * Timestamps of one pcapng interface as nanoseconds after the start of the file. With up to nine decimal
 * digits, as all real captures have, a packet costs no BigInt; finer or binary resolutions do, and are
 * rounded down.
 */
export class InterfaceClock {
  readonly #file: FileStart;
  readonly #resolution: number;
  readonly #offset: bigint;
  /** Nanoseconds of a unit; 0 where units are finer, or no decimal part of a second. */
  readonly #unit: number;
  /** The first timestamp, and its time after the start of the file. */
  #high = 0;
  #low = 0;
  #at: number | undefined;

  /** `resolution` is if_tsresol, `offset` if_tsoffset in seconds. */
  constructor(file: FileStart, resolution: number, offset: bigint) {
    this.#file = file;
    this.#resolution = resolution;
    this.#offset = offset * NANO;
    this.#unit = resolution <= 9 ? 10 ** (9 - resolution) : 0;
  }

  at(high: number, low: number): number {
    if (this.#at === undefined) {
      this.#at = this.#exactly(high, low);
      this.#high = high;
      this.#low = low;
      return this.#at;
    }
    if (this.#unit === 0) return this.#exactly(high, low);
    return this.#at + ((high - this.#high) * WORD + (low - this.#low)) * this.#unit;
  }

  #exactly(high: number, low: number): number {
    const raw = (BigInt(high) << 32n) | BigInt(low);
    const digits = BigInt(this.#resolution & ~BINARY);
    const inUnit = (this.#resolution & BINARY) === 0 ? (raw * NANO) / 10n ** digits : (raw * NANO) >> digits;
    const time = inUnit + this.#offset;
    this.#file.startedAt ??= time;
    return Number(time - this.#file.startedAt);
  }
}
