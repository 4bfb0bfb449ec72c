import { ahead } from "../../../server/wire/sequence.ts";
import type { Moment, Side, TcpHole } from "../captured.ts";
import {
  ACKNOWLEDGED_WAIT,
  LOST_WAIT,
  MAX_AHEAD,
  MAX_PIECES,
  MAX_WAITING,
  MAX_WAITING_IN_ALL,
  PIECE_COST,
} from "../limits.ts";
import { type Piece, Pieces } from "../pieces.ts";

/** What the directions of a connection give, `from` the sender. */
export interface StreamSink {
  octets(from: Side, when: Moment, offset: number, octets: Uint8Array, damaged: boolean): void;
  hole(from: Side, when: Moment, offset: number, length: number, why: TcpHole["why"]): void;
  retransmission(from: Side, when: Moment, offset: number, length: number): void;
  fin(from: Side, when: Moment): void;
}

/**
 * Octets of a segment: `bytes` from `from` to `to`, and behind them, up to `length` in all, such as the
 * capture cut away.
 */
export interface Arrival {
  readonly when: Moment;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly damaged: boolean;
}

const NOTHING = new Uint8Array(0);

/** Shared by all directions: what they hold together. */
export interface Budget {
  cost: number;
}

/**
 * One direction of a TCP connection. Offsets count octets of the stream from the first one that was seen;
 * sequence numbers (modulo 2^32, RFC 9293 §3.4) are brought to the offset next to the one expected.
 */
export class Direction {
  readonly #sink: StreamSink;
  readonly #from: Side;
  readonly #budget: Budget;
  readonly #pieces = new Pieces();
  #cost = 0;
  /** Sequence number of the octet at `#offset`, the next one to give; undefined before the first segment. */
  #next: number | undefined;
  #offset = 0;
  /** The start is known by an acknowledgement alone. */
  #isGuess = false;
  /** The receiver has acknowledged all octets before this; since when. */
  #acknowledged = 0;
  #acknowledgedBy: Moment | undefined;
  /** Where the stream ends, and the segment that said so. */
  #fin: { readonly offset: number; readonly when: Moment } | undefined;
  #finTold = false;

  constructor(sink: StreamSink, from: Side, budget: Budget) {
    this.#sink = sink;
    this.#from = from;
    this.#budget = budget;
  }

  get started(): boolean {
    return this.#next !== undefined;
  }

  /** Is something awaited that a later look may settle? */
  get waiting(): boolean {
    if (this.#finTold) return false;
    return this.#pieces.count > 0 || this.#fin !== undefined || this.#acknowledged > this.#offset + 1;
  }

  /** How far the stream was told: the offset of the next octet. */
  get place(): number {
    return this.#offset;
  }

  /** Where in the stream this sequence number is, once it has started: 0 its first octet. */
  offsetOf(sequence: number): number {
    return this.#offset + ahead(sequence, this.#next!);
  }

  /** The first octet will have this sequence number. */
  start(sequence: number): void {
    this.#next = sequence;
    this.#isGuess = false;
  }

  /** The receiver awaits this one: the first that is captured may be an earlier one. */
  guess(sequence: number): void {
    this.#next = sequence;
    this.#isGuess = true;
  }

  /** A segment with this sequence number is captured: nothing before it was, where the start was guessed. */
  #settleStart(sequence: number): void {
    const earlier = this.#isGuess && this.#offset === 0 ? -this.offsetOf(sequence) : 0;
    this.#isGuess = false;
    if (earlier <= 0) return;
    this.#next = sequence;
    this.#acknowledged += earlier;
  }

  /** Could a segment with this sequence number belong to the stream? */
  plausible(sequence: number, length: number): boolean {
    const offset = this.offsetOf(sequence);
    const furthest = Math.max(this.#offset, this.#acknowledged) + MAX_AHEAD;
    return offset <= furthest && offset + length >= this.#offset - MAX_AHEAD;
  }

  segment(arrival: Arrival): void {
    const { when, length, damaged } = arrival;
    if (length === 0) return;
    this.#settleStart(arrival.sequence);
    const offset = this.offsetOf(arrival.sequence);
    if (length <= 1 && offset === this.#offset - 1) return; // keep-alive (RFC 9293 §3.8.4)
    const known = offset < this.#offset;
    const skip = known ? this.#offset - offset : 0;
    if (skip < length && this.#pieces.count === 0 && offset <= this.#offset && !damaged) {
      if (known) this.#sink.retransmission(this.#from, when, offset, length);
      this.#straight(arrival, skip);
    } else {
      const again = skip < length ? this.#hold(arrival, offset + skip, skip) || known : known;
      if (again) this.#sink.retransmission(this.#from, when, offset, length);
      this.#drain();
    }
    this.#keepBounds();
  }

  /** The sender has sent all; `sequence` is that of the octet that would come next. */
  end(sequence: number, when: Moment): void {
    if (this.#fin !== undefined) return;
    const offset = this.offsetOf(sequence);
    if (offset < this.#offset) return;
    this.#fin = { offset, when };
    this.#tellFin();
  }

  /** The receiver has everything before `sequence`. */
  acknowledge(sequence: number, when: Moment): void {
    if (this.#next === undefined) return;
    const offset = this.offsetOf(sequence);
    if (offset <= this.#acknowledged || offset > this.#offset + MAX_AHEAD) return;
    this.#acknowledged = offset;
    this.#acknowledgedBy = when;
  }

  /** Gives up what has been waited for long enough. */
  settle(now: number): void {
    while (this.#giveUp(now)) this.#drain();
  }

  /** Nothing more comes: gives all there is. */
  finish(): void {
    this.settle(Number.POSITIVE_INFINITY);
  }

  /** In order, and nothing waits: the octets need no copy. */
  #straight({ when, bytes, from, to, length }: Arrival, skip: number): void {
    const start = Math.min(to, from + skip);
    if (start < to) this.#give(when, bytes.subarray(start, to), false);
    const missing = length - Math.max(skip, to - from);
    if (missing > 0) this.#lack(when, missing, "cut");
    this.#tellFin();
  }

  /** Keeps a copy of the octets behind `skip`. True where some of them are held already. */
  #hold({ when, bytes, from, to, length, damaged }: Arrival, start: number, skip: number): boolean {
    const octets = bytes.slice(Math.min(to, from + skip), to);
    const middle = start + octets.length;
    const end = start + length - skip;
    let again = false;
    if (octets.length > 0) {
      again = this.#pieces.insert({ start, end: middle, octets, rank: damaged ? 1 : 2, when });
    }
    if (middle < end) {
      const cut: Piece = { start: middle, end, octets: NOTHING, rank: 0, when };
      again = this.#pieces.insert(cut) || again;
    }
    return again;
  }

  /** Gives what is in its turn, up to octets that are missing or doubtful. */
  #drain(): void {
    for (let piece = this.#pieces.first; piece !== undefined; piece = this.#pieces.first) {
      if (piece.start !== this.#offset || piece.rank === 1) break;
      this.#pieces.shift();
      if (piece.rank === 0) this.#lack(piece.when, piece.end - piece.start, "cut");
      else this.#give(piece.when, piece.octets, false);
    }
    this.#account();
    this.#tellFin();
  }

  /** One hole, or one damaged piece, where it has been waited for long enough. */
  #giveUp(now: number): boolean {
    const piece = this.#pieces.first;
    const end = piece?.start ?? this.#fin?.offset;
    if (piece !== undefined && piece.start === this.#offset) {
      if (!this.#overdue(piece.when, piece.end, now)) return false;
      this.#pieces.shift();
      this.#give(piece.when, piece.octets, true);
      return true;
    }
    const by = piece?.when ?? this.#fin?.when;
    if (end === undefined || by === undefined) return this.#giveUpTail(now);
    if (end <= this.#offset || !this.#overdue(by, end, now)) return false;
    this.#lack(by, end - this.#offset, this.#acknowledged >= end ? "missed" : "lost");
    return true;
  }

  /**
   * Octets that were acknowledged, and nothing behind them seen. A single one may be a FIN that was not
   * captured.
   */
  #giveUpTail(now: number): boolean {
    const by = this.#acknowledgedBy;
    const length = this.#acknowledged - this.#offset;
    if (by === undefined || length <= 1 || now - by.at < ACKNOWLEDGED_WAIT) return false;
    this.#lack(by, length, "missed");
    return true;
  }

  #overdue(since: Moment, end: number, now: number): boolean {
    return now - since.at >= (this.#acknowledged >= end ? ACKNOWLEDGED_WAIT : LOST_WAIT);
  }

  /** Rather a hole than more memory. */
  #keepBounds(): void {
    this.#account();
    const pieces = this.#pieces;
    const tooMuch = () =>
      pieces.held > MAX_WAITING || pieces.count > MAX_PIECES || this.#budget.cost > MAX_WAITING_IN_ALL;
    while (pieces.count > 0 && tooMuch() && this.#giveUp(Number.POSITIVE_INFINITY)) this.#drain();
  }

  #account(): void {
    const cost = this.#pieces.held + this.#pieces.count * PIECE_COST;
    this.#budget.cost += cost - this.#cost;
    this.#cost = cost;
  }

  #give(when: Moment, octets: Uint8Array, damaged: boolean): void {
    const offset = this.#offset;
    this.#advance(octets.length);
    this.#sink.octets(this.#from, when, offset, octets, damaged);
  }

  #lack(when: Moment, length: number, why: TcpHole["why"]): void {
    const offset = this.#offset;
    this.#advance(length);
    this.#sink.hole(this.#from, when, offset, length, why);
  }

  #advance(count: number): void {
    this.#offset += count;
    this.#next = (this.#next! + count) >>> 0;
  }

  #tellFin(): void {
    if (this.#finTold || this.#fin === undefined || this.#fin.offset > this.#offset) return;
    this.#finTold = true;
    this.#sink.fin(this.#from, this.#fin.when);
  }
}
