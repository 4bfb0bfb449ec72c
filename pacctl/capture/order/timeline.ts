import { MAX_STEPS } from "../limits.ts";

/** A packet whose time is before that of one that stands before it in the file. */
export interface ClockStep {
  readonly frame: number;
  /** How far, in nanoseconds. */
  readonly by: number;
}

/** The times of one interface. In nanoseconds. */
interface Line {
  /** What is added to them. */
  shift: number;
  /** Of the last packet, as the file has it. */
  raw: number;
  /** A packet that was behind the others, and where the line was then: a step, if the next one follows it. */
  pending: { readonly raw: number; readonly latest: number } | undefined;
  /** The last step, which a leap forward of the same size takes back. */
  step: number;
}

/** Ours: a leap forward of so much of a step takes it back. */
const TAKES_BACK = 0.9;

/**
 * Times that never go back. Where those of the file do, because a clock was set, they are counted on from the
 * latest; a single packet that is behind the others gets the time of the one before it.
 */
export class Timeline {
  readonly #lines: Line[] = [];
  #latest = Number.NEGATIVE_INFINITY;
  /** The first ones. */
  readonly steps: ClockStep[] = [];

  take(raw: number, interfaceId: number, frame: number): number {
    const line = this.#lines[interfaceId] ?? { shift: 0, raw, pending: undefined, step: 0 };
    this.#lines[interfaceId] = line;
    if (line.step > 0 && raw - line.raw >= TAKES_BACK * line.step) {
      line.shift -= line.step;
      line.step = 0;
    }
    line.raw = raw;
    const at = raw + line.shift;
    if (at >= this.#latest) {
      line.pending = undefined;
      this.#latest = at;
      return at;
    }
    const { pending } = line;
    if (pending === undefined || raw < pending.raw) {
      if (this.steps.length < MAX_STEPS) this.steps.push({ frame, by: this.#latest - at });
      line.pending = { raw, latest: this.#latest };
      return this.#latest;
    }
    line.step = pending.latest - (pending.raw + line.shift);
    line.shift += line.step;
    line.pending = undefined;
    this.#latest = Math.max(this.#latest, raw + line.shift);
    return this.#latest;
  }
}
