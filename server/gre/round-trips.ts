import { ahead } from "../wire/sequence.ts";
import { type Millis, millis, seconds } from "../wire/units.ts";

/**
 * Ours: packets that leave so close together are timed as one, since a client acknowledges the last of what
 * came together.
 */
export const TOGETHER: Millis = millis(1);

/** Ours: an acknowledgement that takes longer is not timed: it may belong to something else. */
export const TIMED_FOR: Millis = seconds(5);

/**
 * Ours: a packet is tested that was the last for so long. Windows and Linux acknowledge within 100 ms of its
 * arrival, whether they have something to send or not.
 */
export const QUIET: Millis = seconds(2);

/** Ours: the least round trip is that of the last one to two such spans. */
export const LEAST_SPAN: Millis = seconds(30);

/** Of the smoothed round trip an eighth is the newest one, as in RFC 6298 §2. */
const NEWEST = 1 / 8;

/**
 * What the acknowledgements of one peer tell of the way to it (RFC 2637 §4.4). They name the highest number
 * that has arrived, so they say when something arrived, and seldom what did not:
 *
 * - One packet at a time is timed until its own acknowledgement comes, or that of one sent with it. That of a
 *   later packet ends the measurement without a result.
 * - A packet with nothing behind it for QUIET is tested: its number is the highest that there is, so a peer
 *   that sends acknowledgements alone has acknowledged it, or it, or its acknowledgement, was lost.
 *
 * Numbers that were never sent are passed over. Per packet, so mutable and without allocation. No clock.
 */
export class RoundTrips {
  /** Milliseconds; 0 before the first sample. */
  smoothed = 0;
  /** The least of the last LEAST_SPAN to twice that, at the time of the last sample. */
  least = 0;
  samples = 0;
  /** Packets that were the last for QUIET, and those of them that the peer did not acknowledge. */
  tested = 0;
  unacknowledged = 0;
  #latest = -1;
  #sentAt = Number.POSITIVE_INFINITY;
  #timing = false;
  #from = 0;
  #until = 0;
  #timedAt = 0;
  #heard = false;
  #highest = 0;
  /** Has the peer ever sent an acknowledgement that no data took along? */
  #sendsAlone = false;
  #spanEnds = Number.NEGATIVE_INFINITY;
  #leastNow = 0;
  #leastBefore = Number.POSITIVE_INFINITY;

  /** A packet with the next number goes out. True: a figure has changed. */
  sent(sequence: number, now: number): boolean {
    const judged = now - this.#sentAt >= QUIET && this.#judge();
    this.#latest = sequence;
    this.#sentAt = now;
    if (this.#timing && now - this.#timedAt < TIMED_FOR) {
      if (now - this.#timedAt <= TOGETHER) this.#until = sequence;
      return judged;
    }
    this.#timing = true;
    this.#timedAt = now;
    this.#from = sequence;
    this.#until = sequence;
    return judged;
  }

  /** The peer acknowledges up to this number; `alone`: with nothing else. True: a figure has changed. */
  acknowledged(number: number, alone: boolean, now: number): boolean {
    if (alone) this.#sendsAlone = true;
    if (ahead(number, this.#latest) > 0) return false;
    if (this.#heard && ahead(number, this.#highest) <= 0) return false;
    this.#heard = true;
    this.#highest = number;
    if (!this.#timing || ahead(number, this.#from) < 0) return false;
    this.#timing = false;
    const took = now - this.#timedAt;
    if (ahead(number, this.#until) > 0 || took >= TIMED_FOR) return false;
    this.#took(took, now);
    return true;
  }

  #took(took: number, now: number): void {
    this.smoothed = this.samples === 0 ? took : this.smoothed + (took - this.smoothed) * NEWEST;
    this.samples += 1;
    if (now >= this.#spanEnds) {
      this.#leastBefore = now < this.#spanEnds + LEAST_SPAN ? this.#leastNow : Number.POSITIVE_INFINITY;
      this.#leastNow = took;
      this.#spanEnds = now + LEAST_SPAN;
    } else if (took < this.#leastNow) this.#leastNow = took;
    this.least = Math.min(this.#leastNow, this.#leastBefore);
  }

  /** Nothing has been sent since the latest for QUIET: has it arrived? */
  #judge(): boolean {
    if (!this.#sendsAlone) return false;
    this.tested += 1;
    if (ahead(this.#latest, this.#highest) > 0) this.unacknowledged += 1;
    return true;
  }
}
