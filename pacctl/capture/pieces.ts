import type { Moment } from "./captured.ts";

/**
 * How good octets are: 0 cut away by the capture, so only known to have been; 1 with a wrong checksum; 2
 * good. Of two pieces with the same place the better one stands, of equal ones the first.
 */
export type Rank = 0 | 1 | 2;

/** Octets of a stream or datagram that wait for those before them. Their memory is their own. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Empty where the rank is 0. */
  readonly octets: Uint8Array;
  readonly rank: Rank;
  readonly when: Moment;
}

/** Pieces in order that do not overlap. */
export class Pieces {
  readonly #list: Piece[] = [];
  #held = 0;

  get count(): number {
    return this.#list.length;
  }

  /** Octets of all of them. */
  get held(): number {
    return this.#held;
  }

  get first(): Piece | undefined {
    return this.#list[0];
  }

  get last(): Piece | undefined {
    return this.#list.at(-1);
  }

  shift(): void {
    this.#held -= this.#list.shift()?.octets.length ?? 0;
  }

  clear(): void {
    this.#list.length = 0;
    this.#held = 0;
  }

  [Symbol.iterator](): Iterator<Piece> {
    return this.#list[Symbol.iterator]();
  }

  /** Gives true where a piece stood in the place of this one, or of a part of it, already. */
  insert(piece: Piece): boolean {
    const list = this.#list;
    let from = list.length;
    while (from > 0 && list[from - 1]!.end > piece.start) from -= 1;
    const result: Piece[] = [];
    let at = piece.start;
    let to = from;
    let tail: Piece | undefined;
    for (; to < list.length && list[to]!.start < piece.end; to += 1) {
      const old = list[to]!;
      this.#held -= old.octets.length;
      if (old.rank >= piece.rank) {
        if (at < old.start) result.push(part(piece, at, old.start));
        result.push(old);
        at = old.end;
      } else {
        if (old.start < at) result.push(part(old, old.start, at));
        if (old.end > piece.end) tail = part(old, piece.end, old.end);
      }
    }
    if (at < piece.end) result.push(part(piece, at, piece.end));
    if (tail !== undefined) result.push(tail);
    for (const { octets } of result) this.#held += octets.length;
    list.splice(from, to - from, ...result);
    return to > from;
  }
}

/** In memory of its own, so that a small rest does not hold the whole. */
function part(piece: Piece, start: number, end: number): Piece {
  if (start === piece.start && end === piece.end) return piece;
  const octets = piece.octets.slice(start - piece.start, end - piece.start);
  return { ...piece, start, end, octets };
}
