import type { OutputPace } from "../io.ts";

/** Ours: characters that are collected before they are written, since each write costs a system call. */
const PIECE = 64 * 1024;

/** Text on its way to standard output, in large pieces, and no faster than it is read there. */
export class PacedOutput {
  readonly #out: (text: string) => void;
  readonly #pace: OutputPace;
  #held = "";

  constructor(out: (text: string) => void, pace: OutputPace) {
    this.#out = out;
    this.#pace = pace;
  }

  /** Nobody reads it any more. */
  get closed(): boolean {
    return this.#pace.closed();
  }

  write(text: string): void {
    this.#held += text;
    if (this.#held.length >= PIECE) this.#flush();
  }

  /** Writes what was collected. Undefined: more may come at once; otherwise when it may. */
  settled(): Promise<void> | undefined {
    this.#flush();
    return this.#pace.full();
  }

  #flush(): void {
    if (this.#held === "") return;
    const text = this.#held;
    this.#held = "";
    this.#out(text);
  }
}
