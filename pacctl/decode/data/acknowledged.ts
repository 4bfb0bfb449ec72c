import { MAX_UNSEEN } from "../limits.ts";
import type { SequenceWatch } from "./sequence-watch.ts";

/** What Cisco acknowledges before anything has come. */
const NOTHING_YET = -1;

/**
 * What one side acknowledges of the other's packets (RFC 2637 §4.1): a number of which no packet is in the
 * capture shows that it passed all the same.
 */
export class Acknowledged {
  readonly #packets: SequenceWatch;
  /** Numbers whose packets have not come so far, the oldest first. */
  #missing: Set<number> | undefined;
  #given = 0;
  /** How many numbers were acknowledged whose packets had come. */
  confirmed = 0;
  #last: number | undefined;

  /** `packets`: those of the side whose packets are acknowledged. */
  constructor(packets: SequenceWatch) {
    this.#packets = packets;
  }

  /** The other side has received the packet with this number. */
  take(acknowledgement: number): void {
    const number = acknowledgement | 0;
    if (number === this.#last) return;
    this.#last = number;
    const seen = this.#packets.has(number);
    // Zero alone says nothing: some send it before anything came.
    if (seen === true && number !== 0) this.confirmed += 1;
    if (seen === true || number === NOTHING_YET) return;
    if (this.#packets.last === undefined) {
      if (number !== 0) this.#given += 1;
      return;
    }
    if (seen === undefined) return;
    this.#missing ??= new Set();
    this.#missing.add(number);
    if (this.#missing.size <= MAX_UNSEEN) return;
    for (const first of this.#missing) {
      this.#missing.delete(first);
      this.#given += 1;
      break;
    }
  }

  /** It came after all: the order of the capture is not that of the network. */
  came(sequence: number): void {
    this.#missing?.delete(sequence | 0);
  }

  /** How many numbers were acknowledged whose packets are not in the capture. */
  get unseen(): number {
    return this.#given + (this.#missing?.size ?? 0);
  }
}
