import { type Stage, stageOfLayer } from "../../../verdicts/stages.ts";
import type { StageTime } from "../decode-types.ts";

interface Begun {
  from: number;
  last: number;
  end: number | undefined;
  result: string;
}

/** When the stages of a call began and came to their end, in milliseconds since the call's beginning. */
export class StageTimes {
  readonly #begun = new Map<Stage, Begun>();
  /** When the dial came on last: a stage began or ended, or a step within one was made. */
  cameOnAt = 0;

  /** A message of this layer passed. */
  message(layer: string, at: number): void {
    const stage = stageOfLayer(layer);
    if (stage === undefined) return;
    const begun = this.#begun.get(stage);
    if (begun === undefined) {
      this.#begun.set(stage, { from: at, last: at, end: undefined, result: "" });
      this.step(at);
    } else if (begun.end === undefined) begun.last = at;
  }

  /** The first end counts: what is agreed anew in mid-session has no part in the dial. */
  done(stage: Stage, at: number, result: string): void {
    const begun = this.#begun.get(stage);
    if (begun === undefined || begun.end !== undefined) return;
    begun.end = at;
    begun.result = result;
    this.step(at);
  }

  /** A question was answered, or a new one asked. */
  step(at: number): void {
    this.cameOnAt = Math.max(this.cameOnAt, at);
  }

  /** It came to nothing, for this reason. */
  failed(stage: Stage, result: string): void {
    const begun = this.#begun.get(stage);
    if (begun !== undefined && begun.end === undefined) begun.result = result;
  }

  /** The session is up, so that all before it has ended, though packets that show it are missing. */
  allDone(): void {
    for (const begun of this.#begun.values()) {
      if (begun.end !== undefined) continue;
      begun.end = begun.last;
      begun.result = "its end is not in the capture";
    }
  }

  /** All began so many milliseconds later than was thought. */
  shift(by: number): void {
    this.cameOnAt += by;
    for (const begun of this.#begun.values()) {
      begun.from += by;
      begun.last += by;
      if (begun.end !== undefined) begun.end += by;
    }
  }

  /** Stages of which these know nothing are taken from others, counted from the same beginning. */
  merge(others: StageTimes): void {
    this.step(others.cameOnAt);
    for (const [stage, begun] of others.#begun)
      if (!this.#begun.has(stage)) this.#begun.set(stage, { ...begun });
  }

  /** In the order in which they began. */
  all(): readonly StageTime[] {
    return [...this.#begun]
      .toSorted(([, a], [, b]) => a.from - b.from)
      .map(([stage, { from, last, end, result }]) => ({
        stage,
        done: end !== undefined,
        took: Math.max(0, (end ?? last) - from),
        result,
      }));
  }
}
