/**
 * Lets `burst` things pass at once and `perSecond` in the long run. The time comes from outside, in
 * milliseconds.
 */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMs: number;
  #tokens: number;
  #filledAt = Number.NEGATIVE_INFINITY;

  constructor(burst: number, perSecond: number) {
    this.#burst = burst;
    this.#perMs = perSecond / 1000;
    this.#tokens = burst;
  }

  /** Takes so many tokens; false, and none taken, when there are fewer. */
  take(now: number, count = 1): boolean {
    if (this.left(now) < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Tokens that are there. */
  left(now: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + Math.max(0, now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    return this.#tokens;
  }

  /** Milliseconds until so many are there, `burst` at most. */
  wait(now: number, count: number): number {
    return Math.max(0, count - this.left(now)) / this.#perMs;
  }
}
