import type { ProblemCode } from "../problems.ts";
import { foreign, HEAD } from "./foreign.ts";
import { ending, type Format, type RecordSink } from "./format.ts";
import { u32 } from "./octets.ts";
import { Pcap, pcapOrder } from "./pcap.ts";
import { BLOCK, Pcapng } from "./pcapng.ts";

/** Octets that tell the format. */
const MAGIC = 4;

const FIRST_HELD = 64 * 1024;

/** Cuts a capture that comes in chunks of any size into its records. Holds one record at most. */
export class FileReader {
  readonly #sink: RecordSink;
  readonly #name: string | undefined;
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

  /** `name`: of the file, which tells formats that have no mark. */
  constructor(sink: RecordSink, name?: string) {
    this.#sink = sink;
    this.#name = name;
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

  /** What gives the octets cannot give more of them: they are damaged, or end too early. */
  broken(code: ProblemCode, detail: string): void {
    if (this.#stopped || this.#ended) return;
    this.#stopped = true;
    this.#problem(code, this.#offset, detail);
  }

  /** There is no more. Says so where that is in the middle of something. */
  end(): void {
    if (this.#stopped || this.#ended) return;
    this.#ended = true;
    const openSince = this.#format?.openSince ?? (this.#count > 0 ? this.#offset : undefined);
    if (this.#octets === 0) this.#problem("empty", 0);
    else if (this.#format === undefined && this.#count >= MAGIC)
      this.#foreign(this.#held.subarray(0, this.#count));
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
      if (this.#format === undefined) return this.#unknown(bytes, from, to);
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
    return order === undefined ? undefined : new Pcap(order, this.#sink);
  }

  /** Says what it is as soon as enough of it has come. */
  #unknown(bytes: Uint8Array, from: number, to: number): number {
    this.#wanted = HEAD;
    if (to - from >= HEAD) this.#foreign(bytes.subarray(from, from + HEAD));
    return 0;
  }

  #foreign(head: Uint8Array): void {
    const { code, detail } = foreign(head, this.#name);
    this.#stopped = true;
    this.#problem(code, 0, detail);
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
