/**
 * How far sequence number `a` is ahead of `b`, modulo 2^32: positive ahead, negative behind, 0 the same.
 * Right as long as the two are less than 2^31 apart; signed and unsigned forms may be mixed.
 */
export function ahead(a: number, b: number): number {
  return (a - b) | 0;
}

/** The number after `sequence`, which is 0 after 2^32 - 1. */
export function following(sequence: number): number {
  return (sequence + 1) | 0;
}
