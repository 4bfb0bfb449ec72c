import type { ProblemCode } from "../captured.ts";
import { ending, type Format, type RecordSink } from "./format.ts";
import { u32 } from "./octets.ts";
import { Pcap, pcapOrder } from "./pcap.ts";
import { BLOCK, Pcapng } from "./pcapng.ts";

/** Octets that tell the format. */
const MAGIC = 4;

const FIRST_HELD = 64 * 1024;

/** How compressed files begin: gzip; zstd, xz, bzip2, LZ4. */
const isCompressed = (first: number): boolean =>
  first >>> 16 === 0x1f8b || first >>> 8 === 0x425a68 || [0x28b52ffd, 0xfd377a58, 0x04224d18].includes(first);

/** Cuts a capture that comes in chunks of any size into its records. Holds one record at most. */
export class FileReader {
  readonly #sink: RecordSink;
  #format: Format | undefined;
  /** The record at hand, where it began in an earlier chunk. */
  #held = new Uint8Array(FIRST_HELD);
  #count = 0;
  #wanted = MAGIC;
  #skip = 0;
  /** Where in the file the next record begins. */
  #offset = 0;
  #octets = 0;
  /** Nothing more can be read; there is nothing more. */
  #stopped = false;
  #ended = false;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  get format(): Format | undefined {
    return this.#format;
  }

  /** Octets pushed; where nothing behind a record can be read, those before it. */
  get octets(): number {
    return this.#stopped ? this.#offset : this.#octets;
  }

  /** Where in the file the record at hand begins. */
  get offset(): number {
    return this.#offset;
  }

  /** False: nothing more will be read. */
  push(chunk: Uint8Array): boolean {
    if (this.#stopped || this.#ended) return false;
    this.#octets += chunk.length;
    let at = 0;
    while (!this.#stopped && at < chunk.length) {
      if (this.#skip > 0) at += this.#skipped(chunk.length - at);
      else if (this.#count > 0) at += this.#fill(chunk, at);
      else at += this.#direct(chunk, at);
    }
    return !this.#stopped;
  }

  /** There is no more. Says so where that is in the middle of something. */
  end(): void {
    if (this.#stopped || this.#ended) return;
    this.#ended = true;
    const openSince = this.#format?.openSince ?? (this.#count > 0 ? this.#offset : undefined);
    if (this.#octets === 0) this.#problem("empty", 0);
    else if (openSince !== undefined) {
      this.#problem("truncated", openSince, `${this.#octets - openSince} octets of it are there`);
    }
  }

  #skipped(there: number): number {
    const count = Math.min(this.#skip, there);
    this.#skip -= count;
    this.#offset += count;
    return count;
  }

  /**
   * Adds to the record at hand what it wants, and reads it when it is whole. Gives the octets taken from the
   * chunk.
   */
  #fill(chunk: Uint8Array, at: number): number {
    const taken = Math.min(this.#wanted - this.#count, chunk.length - at);
    this.#hold(chunk, at, at + taken);
    if (this.#count < this.#wanted) return taken;
    if (this.#read(this.#held, 0, this.#count) > 0) this.#count = 0;
    return taken;
  }

  /** Reads a record in the chunk itself; holds it where it is not whole. */
  #direct(chunk: Uint8Array, at: number): number {
    const read = this.#read(chunk, at, chunk.length);
    if (read > 0 || this.#stopped) return read;
    this.#hold(chunk, at, chunk.length);
    return chunk.length - at;
  }

  #read(bytes: Uint8Array, from: number, to: number): number {
    if (this.#format === undefined) {
      if (to - from < MAGIC) return 0;
      this.#format = this.#recognize(bytes, from);
      if (this.#format === undefined) return 0;
    }
    const format = this.#format;
    const read = format.read(bytes, from, to, this.#offset);
    this.#stopped = format.ended;
    this.#wanted = read === 0 ? format.wanted : 1;
    this.#skip = format.takeSkip();
    this.#offset += read;
    return read;
  }

  #recognize(bytes: Uint8Array, from: number): Format | undefined {
    const first = u32(bytes, from);
    if (first === BLOCK.sectionHeader) return new Pcapng(this.#sink);
    const order = pcapOrder(bytes, from);
    if (order !== undefined) return new Pcap(order, this.#sink);
    this.#stopped = true;
    this.#problem(isCompressed(first) ? "compressed" : "not-a-capture", 0);
    return undefined;
  }

  #hold(chunk: Uint8Array, from: number, to: number): void {
    const count = this.#count + to - from;
    if (count > this.#held.length) {
      const larger = new Uint8Array(Math.max(count, Math.min(this.#wanted, 2 * this.#held.length)));
      larger.set(this.#held.subarray(0, this.#count));
      this.#held = larger;
    }
    this.#held.set(chunk.subarray(from, to), this.#count);
    this.#count = count;
  }

  #problem(code: ProblemCode, offset: number, detail = ""): void {
    this.#sink.problem(ending(code, offset, detail));
  }
}
