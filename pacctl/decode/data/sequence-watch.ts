import { MAX_BELIEVED_JUMP } from "../../../server/gre/jumps.ts";
import { ahead } from "../../../server/wire/sequence.ts";
import { MAX_GAP, SEEN_REACH } from "../limits.ts";

/** What a sequence number says of its packet. */
export type SequencePlace =
  /** New, in order. */
  | "next"
  /** New; some before it are missing, so far. */
  | "ahead"
  /** New, and overtaken. */
  | "late"
  /** It was there before: captured twice, or sent twice. */
  | "duplicate"
  /** Too far from all before. It counts for nothing, unless the next ones follow it. */
  | "outlier"
  /** It follows an outlier: the sender began anew, or very many packets are missing. */
  | "restarted";

/** Ours: how close behind an outlier another must follow. */
const FOLLOWS = 16;

/** Sequence numbers of one direction of one call: what is missing, late or there twice. */
export class SequenceWatch {
  /** By number modulo SEEN_REACH: the number itself, as long as it is within reach. */
  readonly #seen = new Int32Array(SEEN_REACH);
  #highest = 0;
  #started = false;
  /** The last number that was too far away. */
  #outlier: number | undefined;
  /** Numbers that were passed over and have not come. */
  missing = 0;
  /** Numbers that came after a later one. */
  late = 0;

  /** The highest number so far; undefined: none came. */
  get last(): number | undefined {
    return this.#started ? this.#highest : undefined;
  }

  /** Has one with this number come? Undefined: it is too old to be remembered, or none has come at all. */
  has(sequence: number): boolean | undefined {
    const number = sequence | 0;
    const distance = ahead(number, this.#highest);
    if (!this.#started || distance <= -SEEN_REACH) return undefined;
    return distance <= 0 && this.#seen[number & (SEEN_REACH - 1)] === number;
  }

  take(sequence: number): SequencePlace {
    const number = sequence | 0;
    if (!this.#started) return this.#restart(number, "next");
    const distance = ahead(number, this.#highest);
    if (distance > MAX_BELIEVED_JUMP || distance < -MAX_BELIEVED_JUMP) return this.#far(number, distance);
    const place = number & (SEEN_REACH - 1);
    if (distance > 0) {
      this.missing += distance - 1;
      this.#highest = number;
      this.#seen[place] = number;
      return distance === 1 ? "next" : "ahead";
    }
    // Further back than is remembered: most likely a copy of something old.
    if (distance <= -SEEN_REACH || this.#seen[place] === number) return "duplicate";
    this.#seen[place] = number;
    this.missing = Math.max(0, this.missing - 1);
    this.late += 1;
    return "late";
  }

  /** One forged number must not make all others look old. */
  #far(number: number, distance: number): SequencePlace {
    const step = this.#outlier === undefined ? 0 : ahead(number, this.#outlier);
    this.#outlier = number;
    if (step < 1 || step > FOLLOWS) return "outlier";
    if (distance > 0 && distance < MAX_GAP) this.missing += distance - 1 - step;
    return this.#restart(number, "restarted");
  }

  #restart(number: number, place: SequencePlace): SequencePlace {
    this.#started = true;
    this.#outlier = undefined;
    this.#highest = number;
    // No place holds its own number, but the first one's.
    for (let i = 0; i < SEEN_REACH; i += 1) this.#seen[i] = ~i;
    this.#seen[number & (SEEN_REACH - 1)] = number;
    return place;
  }
}
