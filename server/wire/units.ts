/**
 * Units as branded numbers: a bare `60` is neither a time nor a length, so it does not compile.
 */
declare const unit: unique symbol;

/** A duration in milliseconds. */
export type Millis = number & { readonly [unit]: "ms" };

/** A length or size in octets. */
export type Octets = number & { readonly [unit]: "octets" };

/** `n` milliseconds. */
export const millis = (n: number): Millis => n as Millis;

/** `n` seconds, as milliseconds. */
export const seconds = (n: number): Millis => (n * 1000) as Millis;

/** `n` octets. */
export const octets = (n: number): Octets => n as Octets;
