import type { TraceEntry } from "../../store/store-types.ts";

/** Ours: a normal dial has about 40 lines; the first ones explain a dial, the last ones its end. */
const KEEP_FIRST = 96;
const KEEP_LAST = 32;
/** Ours: no line of a hostile client fills a screen. */
const MAX_TEXT = 240;

/** One control message, decoded; `at` is the clock's time. */
export interface ControlLine {
  readonly at: number;
  readonly from: "client" | "server";
  readonly text: string;
}

/** The decoded events of one dial, bounded. What is written here must hold no secret. */
export class Trace {
  readonly #startedAt: number;
  readonly #first: TraceEntry[] = [];
  #last: TraceEntry[] = [];
  #omitted = 0;

  /** `startedAt`: the clock when the Outgoing-Call-Request came, ms. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  add(now: number, from: TraceEntry["from"], layer: string, text: string): void {
    const at = Math.round((now - this.#startedAt) * 10) / 10;
    const entry = {
      at,
      from,
      layer,
      text: text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text,
    };
    if (this.#first.length < KEEP_FIRST) {
      this.#first.push(entry);
      return;
    }
    this.#last.push(entry);
    // Trimmed at twice the size, so that a long session does not shift the array for every line.
    if (this.#last.length >= 2 * KEEP_LAST) {
      this.#omitted += this.#last.length - KEEP_LAST;
      this.#last = this.#last.slice(-KEEP_LAST);
    }
  }

  entries(): readonly TraceEntry[] {
    const tail = this.#last.slice(-KEEP_LAST);
    const omitted = this.#omitted + this.#last.length - tail.length;
    if (omitted === 0) return [...this.#first, ...tail];
    const gap: TraceEntry = {
      at: tail[0]?.at ?? 0,
      from: "pacd",
      layer: "pacd",
      text: `${omitted} lines are left out here`,
    };
    return [...this.#first, gap, ...tail];
  }
}
