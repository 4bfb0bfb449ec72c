import { MIN_RATE_BURST, RATE_BURST } from "../limits.ts";

/**
 * A rate in bits a second that inner packets keep to: what exceeds it is to be dropped, not delayed. Over any
 * span of time it passes the rate and at most one burst; under a load above the rate, no less than the rate
 * but for one packet. Mutable: every packet changes it. The time comes from outside, in milliseconds, and may
 * stand still.
 */
export class RateLimit {
  readonly #bitsPerMs: number;
  /** Bits that may pass at once after silence. */
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  /** `before`: the limit it replaces, whose unused bits it takes over; "none": it begins without any. */
  constructor(bitsPerSecond: number, now: number, before?: RateLimit | "none") {
    this.#bitsPerMs = bitsPerSecond / 1000;
    this.#burst = Math.max(MIN_RATE_BURST * 8, this.#bitsPerMs * RATE_BURST);
    this.#filledAt = now;
    if (before === undefined) this.#tokens = this.#burst;
    else this.#tokens = before === "none" ? 0 : Math.min(this.#burst, before.#unused(now));
  }

  /** May a packet of `octets` pass? If so, its bits are used. */
  take(octets: number, now: number): boolean {
    this.#tokens = this.#unused(now);
    // A time before the last one counts for nothing, and must not be counted again.
    if (now > this.#filledAt) this.#filledAt = now;
    if (this.#tokens < octets * 8) return false;
    this.#tokens -= octets * 8;
    return true;
  }

  #unused(now: number): number {
    return Math.min(this.#burst, this.#tokens + Math.max(0, now - this.#filledAt) * this.#bitsPerMs);
  }
}
