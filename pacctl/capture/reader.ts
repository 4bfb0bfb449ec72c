import type { CaptureOptions, CaptureSink, CaptureSummary } from "./captured.ts";
import { FileReader } from "./files/file-reader.ts";
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
  #ended = false;

  constructor(options: CaptureOptions, sink: CaptureSink) {
    this.#records = new Records(
      { ...options, ports: options.ports ?? [PPTP_PORT] },
      sink,
      () => this.#file.offset,
    );
    this.#file = new FileReader(this.#records, options.name);
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
    if (this.#ended) return;
    this.#ended = true;
    this.#file.end();
    this.#records.end();
  }

  /** What was read so far. */
  summary(): CaptureSummary {
    const { format, octets } = this.#file;
    return { format: format?.name, startedAt: format?.startedAt, octets, ...this.#records.summary() };
  }
}
