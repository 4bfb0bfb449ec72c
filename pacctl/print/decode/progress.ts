import { bytes } from "../quantities.ts";

/** Ours: a smaller file is read before anybody wonders. */
const LARGE = 32 * 1024 * 1024;

const CELLS = 30;

/** Back to the beginning of the line, and nothing on it (ECMA-48 EL). */
const CLEAR = "\r\u001b[K";

/** How much of a large file has been read, on a terminal; whatever else is printed goes through `beside`. */
export class Progress {
  readonly #show: (text: string) => void;
  readonly #size: number;
  #shown = -1;

  /** Undefined where nothing is to be shown. */
  static of(size: number | undefined, terminal: boolean, show: (text: string) => void): Progress | undefined {
    return terminal && size !== undefined && size >= LARGE ? new Progress(size, show) : undefined;
  }

  constructor(size: number, show: (text: string) => void) {
    this.#size = size;
    this.#show = show;
  }

  /** So many octets have been read. */
  at(octets: number): void {
    const percent = Math.min(100, Math.floor((100 * octets) / this.#size));
    if (percent === this.#shown) return;
    this.#shown = percent;
    const done = Math.floor((CELLS * percent) / 100);
    const bar = `${"#".repeat(done)}${".".repeat(CELLS - done)}`;
    this.#show(`${CLEAR}[${bar}] ${String(percent).padStart(3)} %  ${bytes(octets)} of ${bytes(this.#size)}`);
  }

  /** The line is free again. */
  clear(): void {
    if (this.#shown >= 0) this.#show(CLEAR);
    this.#shown = -1;
  }
}
