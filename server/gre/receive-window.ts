import { ahead, following } from "../wire/sequence.ts";
import { MAX_BELIEVED_JUMP, undoubtedJump } from "./jumps.ts";

/** What to do with a packet that has come. */
export type Acceptance =
  /** Its turn: it goes on. */
  | "next"
  /** One before it is missing: `hold` it, or give up what is missing with `skip`. */
  | "early"
  /** Further ahead than the queue reaches: `skip` until it is "early" or "next". */
  | "beyond"
  /**
   * Further ahead than the queue reaches and MAX_UNDOUBTED_JUMP more: believed if the very next packet
   * follows it, or if none comes (`believe`).
   */
  | "suspect"
  /** It follows a suspect: both are true, and what is missing before them is lost. */
  | "confirms"
  /** Dropped, as RFC 2637 §4.3 wants: PPP cannot bear disorder, and MPPE would lose its place for good. */
  | "duplicate"
  | "late";

/** Ours: so many numbers later nobody asks whether the first one was forged. A quarter of all there are. */
const FIRST_FORGOTTEN = 2 ** 30;

/** What `takeNext` says where the next packet is not held. */
export const NOT_HELD = -1;

/**
 * The receiving side of one tunnel: order (RFC 2637 §4.3), and what is owed an acknowledgement. Packets that
 * come early are held by somebody else; here stand their places. Per packet, so mutable and without
 * allocation, but for the queue, which is made when a tunnel first needs it. No clock and no I/O.
 */
export class ReceiveWindow {
  /** Packets that were given up since the start: lost, or to come too late. */
  skipped = 0;
  /** How often it has moved by anything else than the packet whose turn it was. */
  jumps = 0;
  /** Packets that are held at most, and how far ahead of the expected number. */
  #reach: number;
  #undoubted: number;
  /** Places plus one of the packets held, by the low bits of their numbers; 0 where none is. */
  #places: Int32Array | undefined;
  #held = 0;
  /** The number whose turn it is. */
  #expected = 0;
  /** Nothing is special about the next packet; false until two have come, and after a suspect. */
  #ordinary = false;
  #started = false;
  #suspected = false;
  #suspect = 0;
  #ackOwed = false;
  /** Numbers `#gapFrom` up to, not including, `#gapEnd` were given up; whether rightly is not proved yet. */
  #gap = false;
  #gapFrom = 0;
  #gapEnd = 0;
  #skippedThen = 0;
  /** Nothing has proved yet that the first number was the peer's. */
  #firstDoubted = false;
  #first = 0;
  /** The last number before the first one that disorder can explain. */
  #overtaken = 0;

  /** `reach`: 0 to 256; 0 holds nothing. */
  constructor(reach: number) {
    this.#reach = reach;
    this.#undoubted = undoubtedJump(reach);
  }

  /** Another reach from here on. Nothing is held. */
  setReach(reach: number): void {
    this.#reach = reach;
    this.#undoubted = undoubtedJump(reach);
    this.#places = undefined;
  }

  /** Has a packet come that no acknowledgement has told the peer of yet? */
  get ackOwed(): boolean {
    return this.#ackOwed;
  }

  /** The number whose turn it is. */
  get expected(): number {
    return this.#expected;
  }

  /** How many packets are held. */
  get held(): number {
    return this.#held;
  }

  /** Something has moved the window that may have been forged: `prove` or `goBack` may follow. */
  get doubtful(): boolean {
    return this.#gap || this.#firstDoubted;
  }

  /**
   * Judges the sequence number of a packet. The first may be any: Windows begins with 0, Linux with 1, and
   * packets that came before the tunnel was there are lost. Where the very first two changed places, the one
   * overtaken still is "next", since a client would miss it until its timer fires; `ordered`: MPPE is armed,
   * and cannot bear that.
   */
  accept(sequence: number, ordered: boolean): Acceptance {
    if (sequence === this.#expected && this.#ordinary) {
      this.#advance();
      return "next";
    }
    return this.#judge(sequence, ordered);
  }

  /** The packet, which is "early", is held at `place`, 0 or more. */
  hold(sequence: number, place: number): void {
    this.#places ??= new Int32Array(2 ** Math.ceil(Math.log2(this.#reach + 1)));
    this.#places[sequence & (this.#places.length - 1)] = place + 1;
    this.#held += 1;
  }

  /** The place of the packet whose turn it is, which goes on now; NOT_HELD where it has not come. */
  takeNext(): number {
    if (this.#places === undefined || this.#held === 0) return NOT_HELD;
    const at = this.#expected & (this.#places.length - 1);
    const place = this.#places[at]! - 1;
    if (place === NOT_HELD) return NOT_HELD;
    this.#places[at] = 0;
    this.#held -= 1;
    this.#advance();
    return place;
  }

  /**
   * What is missing before the first packet held is given up, but nothing from number `to` on: one of both is
   * next.
   */
  skip(to: number): void {
    const distance = Math.min(this.#distance(0), ahead(to, this.#expected));
    if (distance > 0) this.jumps += 1;
    if (distance > 0 && !this.#gap) {
      this.#gap = true;
      this.#gapFrom = this.#expected;
      this.#gapEnd = (this.#expected + distance) | 0;
      this.#skippedThen = this.skipped;
    }
    this.#expected = (this.#expected + distance) | 0;
    this.skipped += distance;
    this.#ackOwed = true;
  }

  /** What is missing before the first packet held is given up. Something must be held. */
  skipToHeld(): void {
    this.skip(this.#expected + this.#distance(0));
  }

  /** The least of `values` at the places of the packets held; Infinity where none is. */
  least(values: Float64Array): number {
    let least = Number.POSITIVE_INFINITY;
    for (let seen = 0, at = 0; seen < this.#held; seen += 1, at += 1) {
      at = this.#distance(at);
      least = Math.min(least, values[this.#place(at)]!);
    }
    return least;
  }

  /**
   * Nothing has come since a suspect, for as long as it was held: it is believed, and `skip` and `hold` may
   * follow. Returns its number; undefined where it is none any more, too far ahead, or from before the first
   * packet.
   */
  believe(): number | undefined {
    if (!this.#suspected || ahead(this.#suspect, this.#expected) > MAX_BELIEVED_JUMP) return undefined;
    if (ahead(this.#suspect, this.#expected) < 0 && !this.gaveUp(this.#suspect)) return undefined;
    this.#suspected = false;
    this.#ordinary = true;
    return this.#suspect;
  }

  /** What has come since proves that the window stands where the peer is: nobody else could have sent it. */
  prove(): void {
    this.#gap = false;
    this.#firstDoubted = false;
  }

  /**
   * Was this number given up in favour of packets that nothing has proved yet? They may be forged, and this
   * one the peer's.
   */
  gaveUp(sequence: number): boolean {
    return this.#gap && ahead(sequence, this.#gapFrom) >= 0 && ahead(sequence, this.#gapEnd) < 0;
  }

  /** Is this a number before the first one, while that may have been forged? */
  precedes(sequence: number): boolean {
    const since = ahead(this.#expected, this.#first);
    return this.#firstDoubted && since >= 0 && since < FIRST_FORGOTTEN && ahead(sequence, this.#first) < 0;
  }

  /**
   * Does a number that `precedes` say more than that the first packets changed places? The second in a row
   * does.
   */
  contradictsFirst(sequence: number): boolean {
    const inRow = ahead(sequence, this.#overtaken) === 1;
    this.#overtaken = sequence;
    return inRow || ahead(this.#first, sequence) > this.#reach;
  }

  /** May the window go on at this number: forwards, or back to where it was before something doubtful? */
  mayGoTo(sequence: number): boolean {
    return ahead(sequence, this.#expected) >= 0 || this.gaveUp(sequence) || this.precedes(sequence);
  }

  /** A number that came in spite of being behind waits for what comes next, as a "suspect" does. */
  suspectBehind(sequence: number): void {
    this.#suspected = true;
    this.#suspect = sequence;
    this.#ordinary = false;
  }

  /**
   * Back to where it was before the gap that has this number, or to this number where it precedes the first.
   * Nothing is held.
   */
  goBack(sequence: number): void {
    if (this.gaveUp(sequence)) {
      this.#expected = this.#gapFrom;
      this.skipped = this.#skippedThen;
    } else {
      this.#expected = sequence | 0;
      this.#first = sequence | 0;
    }
    this.#gap = false;
    this.#suspected = false;
    this.#ordinary = true;
  }

  /**
   * The number to acknowledge now: the last that went on or was given up. Then nothing is owed until it
   * moves.
   */
  takeAcknowledgement(): number {
    this.#ackOwed = false;
    return (this.#expected - 1) | 0;
  }

  #judge(sequence: number, ordered: boolean): Acceptance {
    if (!this.#started) {
      this.#started = true;
      this.#firstDoubted = true;
      this.#first = sequence | 0;
      this.#overtaken = sequence | 0;
      this.#expected = sequence | 0;
      this.#advance();
      return "next";
    }
    // Not ordinary and no suspect: the second packet of all.
    const second = !(this.#ordinary || this.#suspected);
    const confirms = this.#suspected && ahead(sequence, this.#suspect) === 1;
    this.#suspected = false;
    this.#ordinary = true;
    if (confirms) return "confirms";
    const distance = ahead(sequence, this.#expected);
    if (distance === 0) {
      this.#advance();
      return "next";
    }
    if (distance === -2 && second && !ordered) return "next";
    if (distance < 0) return distance === -1 ? "duplicate" : "late";
    if (distance > this.#undoubted) {
      this.#suspected = true;
      this.#suspect = sequence;
      this.#ordinary = false;
      return "suspect";
    }
    if (distance > this.#reach) return "beyond";
    return this.#place(distance) === NOT_HELD ? "early" : "duplicate";
  }

  #advance(): void {
    this.#expected = following(this.#expected);
    this.#ackOwed = true;
  }

  /** The place of the packet so far ahead of the expected one. */
  #place(distance: number): number {
    if (this.#places === undefined) return NOT_HELD;
    return this.#places[(this.#expected + distance) & (this.#places.length - 1)]! - 1;
  }

  /**
   * How far ahead of the expected number the first packet held is, from distance `from` on; Infinity where
   * none is.
   */
  #distance(from: number): number {
    if (this.#held === 0) return Number.POSITIVE_INFINITY;
    let distance = from;
    while (this.#place(distance) === NOT_HELD) distance += 1;
    return distance;
  }
}
