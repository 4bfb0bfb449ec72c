import { MAX_JUMP } from "../../mppe/limits.ts";
import type { Budget } from "../../mppe/mppe-types.ts";
import {
  KEY_CHANGES,
  KEY_CHANGES_PER_PACKET,
  KEY_CHANGES_PER_SECOND,
  KEY_CHANGES_RESERVED,
  OVERDRAFTS,
  OVERDRAFTS_FORGOTTEN,
  SMALL_JUMP,
  STRIKE_SPACING,
} from "../limits.ts";

/**
 * What the key changes for missing packets may cost one tunnel. Time fills it, and so does each packet that
 * proved genuine: who carries much may lose much. The one change that each packet needs is not charged.
 */
export class KeyBudget implements Budget {
  /** The time, in milliseconds as of `BatchClock.now`; set by the caller before it asks. */
  now = 0;
  #left = KEY_CHANGES;
  #filledAt = 0;
  /** Genuine packets since it was last filled. */
  #genuine = 0;
  /**
   * How often too much was asked for, and how often without proof yet that the client did it.
   */
  #strikes = 0;
  #pending = 0;
  #struckAt = Number.NEGATIVE_INFINITY;

  pays(changes: number): boolean {
    this.#fill();
    const reserve = changes > MAX_JUMP ? KEY_CHANGES_RESERVED : 0;
    if (this.#left < changes + reserve) return false;
    this.#left -= changes;
    if (changes > SMALL_JUMP) {
      // What was refused before was not contradicted by a packet that goes on where the tunnel was.
      this.#strikes += this.#pending;
      this.#pending = 0;
    }
    return true;
  }

  /** A packet proved genuine. What was refused before it, and led nowhere, was forged by somebody else. */
  proved(): void {
    this.#genuine += 1;
    this.#pending = 0;
  }

  /** More was asked for than was left. Has that gone on for so long that the tunnel must end? */
  overdrawn(): boolean {
    const since = this.now - this.#struckAt;
    if (since >= OVERDRAFTS_FORGOTTEN) this.#strikes = 0;
    if (since >= STRIKE_SPACING) {
      this.#struckAt = this.now;
      this.#pending += 1;
    }
    return this.#strikes + this.#pending > OVERDRAFTS;
  }

  #fill(): void {
    const elapsed = Math.max(0, this.now - this.#filledAt);
    const earned = (elapsed * KEY_CHANGES_PER_SECOND) / 1000 + this.#genuine * KEY_CHANGES_PER_PACKET;
    this.#left = Math.min(KEY_CHANGES, this.#left + earned);
    this.#filledAt = this.now;
    this.#genuine = 0;
  }
}
