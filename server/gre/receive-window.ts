import { ahead } from "./sequence.ts";

/**
 * What to do with a packet: "accepted" goes on; "duplicate" and "late" are dropped, as RFC 2637 §4.3 wants, because PPP
 * cannot bear reordering and MPPE would lose its place for good.
 */
export type Acceptance = "accepted" | "duplicate" | "late";

/**
 * The receiving side of one tunnel: order, and what is owed an acknowledgement. Per packet, so mutable and without
 * allocation; no clock and no I/O.
 */
export class ReceiveWindow {
  #started = false;
  #highest = 0;
  #ackOwed = false;

  /** Has a packet come that no acknowledgement has told the peer of yet? */
  get ackOwed(): boolean {
    return this.#ackOwed;
  }

  /** The highest number accepted, as a signed 32-bit integer; 0 before the first packet. */
  get highest(): number {
    return this.#highest;
  }

  /**
   * Judges the sequence number of a packet. The first may be any: Windows begins with 0, Linux with 1, and packets that
   * came before the tunnel was there are lost.
   */
  accept(sequence: number): Acceptance {
    if (this.#started) {
      const distance = ahead(sequence, this.#highest);
      if (distance === 0) return "duplicate";
      if (distance < 0) return "late";
    }
    this.#started = true;
    this.#highest = sequence | 0;
    this.#ackOwed = true;
    return "accepted";
  }

  /** The number to acknowledge now. From here on nothing is owed until the next packet comes. */
  takeAcknowledgement(): number {
    this.#ackOwed = false;
    return this.#highest;
  }
}
