import { type ByteOrder, u16of } from "./octets.ts";

const END_OF_OPTIONS = 0;

/** Octets to the next multiple of four. */
export const padded = (length: number): number => (length + 3) & ~3;

/**
 * Walks the options of a pcapng block. False where one does not fit: `each` has had those before it.
 */
export function eachOption(
  order: ByteOrder,
  bytes: Uint8Array,
  from: number,
  to: number,
  each: (code: number, from: number, to: number) => void,
): boolean {
  let at = from;
  while (at + 4 <= to) {
    const code = u16of(order, bytes, at);
    const length = u16of(order, bytes, at + 2);
    if (code === END_OF_OPTIONS) return true;
    at += 4;
    if (at + length > to) return false;
    each(code, at, at + length);
    at += padded(length);
  }
  return true;
}
