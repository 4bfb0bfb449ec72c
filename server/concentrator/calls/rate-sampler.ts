import type { Clock } from "../../platform/clock.ts";
import { millis } from "../../wire/units.ts";
import { SAMPLE_EVERY } from "./rate-history.ts";

/** Ours: samples that are taken in one turn of the event loop: about a millisecond. */
const AT_ONCE = 1000;

/** A call whose session is up, or was when it was listed. */
export interface SampledCall {
  sampleRates(): void;
}

/** What takes samples needs of the server around it. */
export interface SamplerParts {
  readonly clock: Pick<Clock, "after">;
  /** The calls whose sessions are up. */
  readonly sessions: () => readonly SampledCall[];
}

/** Has each session take a sample of what it carries; one timer for all of them. */
export class RateSampler {
  readonly #parts: SamplerParts;
  #cancel: () => void;
  #cancelRest = () => {};

  constructor(parts: SamplerParts) {
    this.#parts = parts;
    this.#cancel = this.#scheduled();
  }

  stop(): void {
    this.#cancel();
    this.#cancelRest();
  }

  #scheduled(): () => void {
    const { clock, sessions } = this.#parts;
    return clock.after(SAMPLE_EVERY, () => {
      // Set again first: samples stay ten seconds apart, however long these take.
      this.#cancel = this.#scheduled();
      this.#sample(sessions(), 0);
    });
  }

  #sample(calls: readonly SampledCall[], from: number): void {
    for (const call of calls.slice(from, from + AT_ONCE)) call.sampleRates();
    if (from + AT_ONCE >= calls.length) return;
    this.#cancelRest = this.#parts.clock.after(millis(0), () => this.#sample(calls, from + AT_ONCE));
  }
}
