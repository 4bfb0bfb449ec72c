import { timingSafeEqual } from "node:crypto";

/** The same octets? Takes equally long wherever they differ; only the length can be learned. */
export const equalSecrets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);
