import type { CaptureOptions, CaptureSink, CaptureSummary } from "./captured.ts";
import { FileReader } from "./files/file-reader.ts";
import { OrderedRecords } from "./order/ordered-records.ts";
import type { ClockStep } from "./order/timeline.ts";
import type { ProblemCode } from "./problems.ts";
import { Records } from "./records.ts";

/** TCP port of the control connection (RFC 2637 §3). */
const PPTP_PORT = 1723;

/**
 * Reads a capture that comes in chunks of any size, and tells what it holds as soon as it can be known. Never
 * throws for what a file holds: `problem` events say what is wrong, and the file is read on where that is
 * possible.
 */
export class CaptureReader {
  readonly #file: FileReader;
  readonly #records: Records;
  readonly #ordered: OrderedRecords;
  #ended = false;

  constructor(options: CaptureOptions, sink: CaptureSink) {
    this.#records = new Records({ ...options, ports: options.ports ?? [PPTP_PORT] }, sink);
    this.#ordered = new OrderedRecords(this.#records, () => this.#file.offset, options.live !== true);
    this.#file = new FileReader(this.#ordered, options.name);
  }

  /** Reads on. False: nothing behind this can be read, so that the rest of the input may be left. */
  push(chunk: Uint8Array): boolean {
    return this.#file.push(chunk);
  }

  /** What gives the octets says that no more can come, and why. */
  broken(code: ProblemCode, detail: string): void {
    this.#file.broken(code, detail);
  }

  /** There is no more: tells what was still waited for. */
  end(): void {
    for (const _ of this.ending());
  }

  /** The same in small parts, for who cannot take all at once. */
  *ending(): Generator<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#file.end();
    yield* this.#ordered.ending();
    this.#records.end();
  }

  /** Where times ran backwards, and were counted on from the latest, so far. */
  get clockSteps(): readonly ClockStep[] {
    return this.#ordered.steps;
  }

  /**
   * How far the clocks of two interfaces differed whose times were brought together, in nanoseconds; 0: none.
   */
  get clockDifference(): number {
    return this.#ordered.order.clocks;
  }

  /** Are these what a clock did that was set? Otherwise packets may be in the wrong order. */
  get clockWasSet(): boolean {
    return this.#ordered.order.kept;
  }

  /** What was read so far. */
  summary(): CaptureSummary {
    const { format, octets } = this.#file;
    return {
      format: format?.name,
      startedAt: format?.startedAt,
      octets,
      order: this.#ordered.order,
      ...this.#records.summary(),
    };
  }
}
