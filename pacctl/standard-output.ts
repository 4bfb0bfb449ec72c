import type { OutputPace } from "./io.ts";

/** Ours: who runs for so long gets to know that nobody reads it, in milliseconds. */
const WATCH_AFTER = 200;

/** The part of a stream that is needed here. */
interface Stream {
  readonly fd: number;
  readonly isTTY?: boolean;
  readonly writableNeedDrain: boolean;
  write(text: string): boolean;
  on(event: "drain", listener: () => void): unknown;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** What standard output needs of the process. */
interface Surroundings {
  /** Milliseconds of any clock. */
  readonly now: () => number;
  /** Calls back once nobody reads this any more, where that can be known. */
  readonly watch: (fd: number, gone: () => void) => void;
  /** It cannot be written, and not because nobody reads it. */
  readonly failed: (error: Error) => void;
}

/** Standard output. Who closes it early, such as `head`, ends what is being printed, and that is no error. */
export class StandardOutput implements OutputPace {
  readonly #stream: Stream;
  readonly #around: Surroundings;
  #closed = false;
  #firstAsked: number | undefined;
  #watching = false;
  readonly #waiting: (() => void)[] = [];

  constructor(stream: Stream, around: Surroundings) {
    this.#stream = stream;
    this.#around = around;
    stream.on("drain", () => this.#goOn());
    stream.on("error", (error) => {
      this.#closed = true;
      this.#goOn();
      if (error.code !== "EPIPE") around.failed(error);
    });
  }

  write(text: string): void {
    if (!this.#closed) this.#stream.write(text);
  }

  closed(): boolean {
    if (!this.#watching && this.#stream.isTTY !== true) this.#watchLater();
    return this.#closed;
  }

  full(): Promise<void> | undefined {
    if (this.#closed || !this.#stream.writableNeedDrain) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #watchLater(): void {
    const now = this.#around.now();
    this.#firstAsked ??= now;
    if (now - this.#firstAsked < WATCH_AFTER) return;
    this.#watching = true;
    this.#around.watch(this.#stream.fd, () => {
      this.#closed = true;
      this.#goOn();
    });
  }

  /** Whoever waits for it to be read waits no longer. */
  #goOn(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
